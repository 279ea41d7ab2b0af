from math import exp


def sampling_schedule(kind, i, k, c, epsilon):
    if kind == "linear":
        return max(epsilon, k - c * i)
    if kind == "exponential":
        return k**i
    return k / (k + exp(i / k))
