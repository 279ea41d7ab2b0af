# Truncated backpropagation through time: the loss at step t goes back over steps t, t-1, ..., t-k+1 and no further.
# Return d_W_h, d_W_x, d_b, summed over all losses. The states are not truncated: run forward over all steps first.
# With NumPy installed, `import numpy as np`: the vectors and matrices are arrays then.

from math import tanh


def truncated_bptt(h_0, xs, W_h, W_x, b, d_hs, k):
    hs = rnn_forward(h_0, xs, W_h, W_x, b)
    d_W_h = [[0.0] * len(row) for row in W_h]
    d_W_x = [[0.0] * len(row) for row in W_x]
    d_b = [0.0] * len(b)
    for t in range(len(hs)):
        pass  # Still missing: from d_hs[t] back over at most k steps, into the weights.
    return d_W_h, d_W_x, d_b


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
