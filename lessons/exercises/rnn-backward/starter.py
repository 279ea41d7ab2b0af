# Backpropagation through time for h_t = tanh(W_h h_{t-1} + W_x x_t + b). d_hs[t] is the gradient of the loss at that state from outside.
# Return d_W_h, d_W_x, d_b, d_h_0: the gradients of the weights, summed over the steps, and of the first state.
# With NumPy installed, `import numpy as np`: the arguments are arrays then.

from math import tanh


def rnn_backward(h_0, xs, W_h, W_x, b, d_hs):
    hs = rnn_forward(h_0, xs, W_h, W_x, b)
    d_W_h = [[0.0] * len(row) for row in W_h]
    d_W_x = [[0.0] * len(row) for row in W_x]
    d_b = [0.0] * len(b)
    d_h_0 = [0.0] * len(h_0)
    for t in reversed(range(len(hs))):
        pass  # Still missing: through tanh, into the weights, and back to the state before.
    return d_W_h, d_W_x, d_b, d_h_0


def rnn_forward(h_0, xs, W_h, W_x, b):
    h = h_0
    hs = []
    for x in xs:
        from_state, from_input = product(W_h, h), product(W_x, x)
        h = [tanh(s + i + bias) for s, i, bias in zip(from_state, from_input, b)]
        hs.append(h)
    return hs


def product(W, v):
    """Matrix times vector: one number for each row of W."""
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]
