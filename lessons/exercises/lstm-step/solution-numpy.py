import numpy as np


def lstm_step(h_prev, c_prev, x, p):
    f = sigmoid(p["W_f"] @ h_prev + p["U_f"] @ x + p["b_f"])
    i = sigmoid(p["W_i"] @ h_prev + p["U_i"] @ x + p["b_i"])
    o = sigmoid(p["W_o"] @ h_prev + p["U_o"] @ x + p["b_o"])
    g = np.tanh(p["W_g"] @ h_prev + p["U_g"] @ x + p["b_g"])
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return h, c


def sigmoid(a):
    return 1 / (1 + np.exp(-a))
