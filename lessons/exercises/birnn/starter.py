# A bidirectional layer: one network reads xs from the start, one from the end, and y_t is both states of step t, forward first.
# `forward` and `backward` are dicts of W_h, W_x and b. Both networks start from zeros. Return T vectors of 2H.
# With NumPy installed, `import numpy as np`: the vectors and matrices are arrays then.

from math import tanh


def birnn(xs, forward, backward):
    ahead = states_of(xs, forward)
    # The network that reads from the end is still missing.
    back = [[0.0] * len(h) for h in ahead]
    return [h + other for h, other in zip(ahead, back)]


def states_of(xs, p):
    """The states of one network, in the order in which it reads."""
    h = [0.0] * len(p["b"])
    hs = []
    for x in xs:
        from_state, from_input = product(p["W_h"], h), product(p["W_x"], x)
        h = [tanh(s + i + bias) for s, i, bias in zip(from_state, from_input, p["b"])]
        hs.append(h)
    return hs


def product(W, v):
    """Matrix times vector: one number for each row of W."""
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]
