from math import tanh


def dot(row, v):
    return sum(w * v_j for w, v_j in zip(row, v))


def rnn_step(h_prev, x, W_h, W_x, b):
    return [tanh(dot(W_h[i], h_prev) + dot(W_x[i], x) + b[i]) for i in range(len(b))]


def rnn_forward(h_0, xs, W_h, W_x, b):
    hs = []
    h = h_0
    for x in xs:
        h = rnn_step(h, x, W_h, W_x, b)
        hs.append(h)
    return hs
