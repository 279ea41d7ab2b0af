# One step of the LSTM, backwards: from d_h and d_c, the gradients at h and c, to those of everything that the step has read.
# Return d_h_prev, d_c_prev, d_x, d_p, where d_p is a dict with the names of p.
# With NumPy installed, `import numpy as np`: the vectors and matrices are arrays then.

from math import exp, tanh


def lstm_backward(h_prev, c_prev, x, p, d_h, d_c):
    f, i, o, g, c, h = lstm_step(h_prev, c_prev, x, p)
    # Still missing: all of it. These are zeros in the right shapes.
    return zeros(h), zeros(c), zeros(x), {name: zeros(value) for name, value in p.items()}


def lstm_step(h_prev, c_prev, x, p):
    def gate(name, squash):
        from_state, from_input = product(p["W_" + name], h_prev), product(p["U_" + name], x)
        return [squash(s + i + bias) for s, i, bias in zip(from_state, from_input, p["b_" + name])]

    f, i, o, g = gate("f", sigmoid), gate("i", sigmoid), gate("o", sigmoid), gate("g", tanh)
    c = [f[j] * c_prev[j] + i[j] * g[j] for j in range(len(c_prev))]
    h = [o[j] * tanh(c[j]) for j in range(len(c))]
    return f, i, o, g, c, h


def sigmoid(a):
    return 1 / (1 + exp(-a))


def product(W, v):
    """Matrix times vector: one number for each row of W."""
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]


def zeros(value):
    """Zeros in the shape of a vector or a matrix."""
    if hasattr(value, "__len__"):
        return [zeros(part) for part in value]
    return 0.0
