import numpy as np


def sampling_schedule(kind, i, k, c, epsilon):
    if kind == "linear":
        return np.maximum(epsilon, k - c * i)
    if kind == "exponential":
        return np.power(k, i)
    return k / (k + np.exp(i / k))
