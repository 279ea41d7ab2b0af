import numpy as np


def rnn_step(h_prev, x, W_h, W_x, b):
    h = np.tanh(W_h @ h_prev + W_x @ x + b)
    return h
