# One step of an LSTM. p holds W_f, U_f, b_f and the same for i, o and g. Return h, c, both new lists.
# With NumPy installed, `import numpy as np`: the arguments are arrays then.
from math import exp


def lstm_step(h_prev, c_prev, x, p):
    # The forget gate is done; i, o, g, the new c and the new h are not.
    f = [sigmoid(a) for a in add(product(p["W_f"], h_prev), product(p["U_f"], x), p["b_f"])]
    c = [f_j * c_j for f_j, c_j in zip(f, c_prev)]
    h = c
    return h, c


def sigmoid(a):
    return 1 / (1 + exp(-a))


def product(W, v):
    """Matrix times vector: one number for each row of W."""
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]


def add(*vectors):
    """Entry by entry."""
    return [sum(entries) for entries in zip(*vectors)]
