import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def lstm_backward(h_prev, c_prev, x, p, d_h, d_c):
    # Forward once more: the gradients read every gate.
    a = {n: p["W_" + n] @ h_prev + p["U_" + n] @ x + p["b_" + n] for n in "fiog"}
    f, i, o, g = sigmoid(a["f"]), sigmoid(a["i"]), sigmoid(a["o"]), np.tanh(a["g"])
    tanh_c = np.tanh(f * c_prev + i * g)

    # c is read by the next step and by h: both gradients arrive here.
    d_c_all = d_c + d_h * o * (1 - tanh_c**2)
    # Into each gate, and on through its sigmoid or tanh.
    d_a = {
        "f": d_c_all * c_prev * f * (1 - f),
        "i": d_c_all * g * i * (1 - i),
        "o": d_h * tanh_c * o * (1 - o),
        "g": d_c_all * i * (1 - g**2),
    }

    d_p = {}
    for n in "fiog":
        d_p["W_" + n] = np.outer(d_a[n], h_prev)
        d_p["U_" + n] = np.outer(d_a[n], x)
        d_p["b_" + n] = d_a[n]
    d_h_prev = sum(p["W_" + n].T @ d_a[n] for n in "fiog")
    d_x = sum(p["U_" + n].T @ d_a[n] for n in "fiog")
    return d_h_prev, d_c_all * f, d_x, d_p
