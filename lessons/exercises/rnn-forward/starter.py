# A recurrent network over a sequence: h_t = tanh(W_h h_{t-1} + W_x x_t + b), where h_{t-1} is h_0 for the first input.
# A vector is a list of numbers, a matrix a list of rows. Return the T states h_1, ..., h_T as a list of vectors.
# With NumPy installed, `import numpy as np`: the arguments are arrays then.

from math import tanh


def rnn_forward(h_0, xs, W_h, W_x, b):
    hs = []
    for x in xs:
        # What comes from the state before is still missing.
        hs.append([tanh(a + bias) for a, bias in zip(product(W_x, x), b)])
    return hs


def product(W, v):
    """Matrix times vector: one number for each row of W."""
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]
