from math import tanh


def dot(row, v):
    return sum(w * v_j for w, v_j in zip(row, v))


def states_of(xs, p):
    """The states of one direction, in the order in which it reads."""
    W_h, W_x, b = p["W_h"], p["W_x"], p["b"]
    h = [0.0] * len(b)
    hs = []
    for x in xs:
        h = [tanh(dot(W_h[i], h) + dot(W_x[i], x) + b[i]) for i in range(len(b))]
        hs.append(h)
    return hs


def birnn(xs, forward, backward):
    ahead = states_of(xs, forward)
    # Read from the end, then turned round: entry t belongs to step t again.
    back = states_of(xs[::-1], backward)[::-1]
    return [h + k for h, k in zip(ahead, back)]
