# One step of a GRU. p holds W_z, U_z, b_z and the same for r and n. Return h as a new list.
# With NumPy installed, `import numpy as np`: the arguments are arrays then.
from math import exp


def gru_step(h_prev, x, p):
    # The update gate is done; r, n and the mixture of old and new are not.
    z = [sigmoid(a) for a in add(product(p["W_z"], h_prev), product(p["U_z"], x), p["b_z"])]
    return [z_j * h_j for z_j, h_j in zip(z, h_prev)]


def sigmoid(a):
    return 1 / (1 + exp(-a))


def product(W, v):
    """Matrix times vector: one number for each row of W."""
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]


def add(*vectors):
    """Entry by entry."""
    return [sum(entries) for entries in zip(*vectors)]
