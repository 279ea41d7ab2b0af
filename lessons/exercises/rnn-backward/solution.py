from math import tanh


def dot(row, v):
    return sum(w * v_j for w, v_j in zip(row, v))


def zeros(rows, columns):
    return [[0.0] * columns for _ in range(rows)]


def add_outer(total, u, v):
    for i in range(len(u)):
        for j in range(len(v)):
            total[i][j] += u[i] * v[j]


def rnn_forward(h_0, xs, W_h, W_x, b):
    hs = []
    h = h_0
    for x in xs:
        h = [tanh(dot(W_h[i], h) + dot(W_x[i], x) + b[i]) for i in range(len(b))]
        hs.append(h)
    return hs


def rnn_backward(h_0, xs, W_h, W_x, b, d_hs):
    H, D, T = len(b), len(xs[0]), len(xs)
    hs = rnn_forward(h_0, xs, W_h, W_x, b)
    d_W_h, d_W_x, d_b = zeros(H, H), zeros(H, D), [0.0] * H
    d_next = [0.0] * H  # what the step after this one sent back
    for t in reversed(range(T)):
        h_prev = hs[t - 1] if t > 0 else h_0
        # Through tanh: its derivative is 1 - h².
        d_a = [(d_hs[t][i] + d_next[i]) * (1 - hs[t][i] ** 2) for i in range(H)]
        add_outer(d_W_h, d_a, h_prev)
        add_outer(d_W_x, d_a, xs[t])
        d_b = [d_b[i] + d_a[i] for i in range(H)]
        d_next = [sum(W_h[i][j] * d_a[i] for i in range(H)) for j in range(H)]
    return d_W_h, d_W_x, d_b, d_next
