import numpy as np


def gru_step(h_prev, x, p):
    z = sigmoid(p["W_z"] @ h_prev + p["U_z"] @ x + p["b_z"])
    r = sigmoid(p["W_r"] @ h_prev + p["U_r"] @ x + p["b_r"])
    n = np.tanh(p["W_n"] @ (r * h_prev) + p["U_n"] @ x + p["b_n"])
    return z * h_prev + (1 - z) * n


def sigmoid(a):
    return 1 / (1 + np.exp(-a))
