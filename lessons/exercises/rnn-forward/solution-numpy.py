import numpy as np


def rnn_forward(h_0, xs, W_h, W_x, b):
    hs = []
    h = h_0
    for x in xs:
        h = np.tanh(W_h @ h + W_x @ x + b)
        hs.append(h)
    return hs
