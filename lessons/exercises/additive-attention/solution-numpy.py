import numpy as np


def additive_attention(s, annotations, W_a, U_a, v_a):
    energies = np.tanh(W_a @ s + annotations @ U_a.T) @ v_a
    alpha = np.exp(energies - energies.max())
    alpha /= alpha.sum()
    return alpha @ annotations, alpha
