from math import exp, tanh


def sigmoid(a):
    return 1 / (1 + exp(-a))


def dot(row, v):
    return sum(w * v_j for w, v_j in zip(row, v))


def outer(u, v):
    return [[u_i * v_j for v_j in v] for u_i in u]


def lstm_backward(h_prev, c_prev, x, p, d_h, d_c):
    H, D = len(h_prev), len(x)
    units = range(H)

    def gate(name, squash):
        W, U, b = p["W_" + name], p["U_" + name], p["b_" + name]
        return [squash(dot(W[j], h_prev) + dot(U[j], x) + b[j]) for j in units]

    # Forward once more: the gradients read every gate.
    f, i, o = (gate(name, sigmoid) for name in "fio")
    g = gate("g", tanh)
    tanh_c = [tanh(f[j] * c_prev[j] + i[j] * g[j]) for j in units]

    # c is read by the next step and by h: both gradients arrive here.
    d_c_all = [d_c[j] + d_h[j] * o[j] * (1 - tanh_c[j] ** 2) for j in units]
    # Into each gate, and on through its sigmoid or tanh.
    d_a = {
        "f": [d_c_all[j] * c_prev[j] * f[j] * (1 - f[j]) for j in units],
        "i": [d_c_all[j] * g[j] * i[j] * (1 - i[j]) for j in units],
        "o": [d_h[j] * tanh_c[j] * o[j] * (1 - o[j]) for j in units],
        "g": [d_c_all[j] * i[j] * (1 - g[j] ** 2) for j in units],
    }

    d_p = {}
    for name in "fiog":
        d_p["W_" + name] = outer(d_a[name], h_prev)
        d_p["U_" + name] = outer(d_a[name], x)
        d_p["b_" + name] = d_a[name]

    def sent_to(letter, size):
        """The sum over the gates of Wᵀ·d_a."""
        return [
            sum(p[letter + "_" + name][i][j] * d_a[name][i] for name in "fiog" for i in units)
            for j in range(size)
        ]

    d_c_prev = [d_c_all[j] * f[j] for j in units]
    return sent_to("W", H), d_c_prev, sent_to("U", D), d_p
