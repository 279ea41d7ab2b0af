import numpy as np


def states_of(xs, p):
    """The states of one direction, in the order in which it reads."""
    h = np.zeros(len(p["b"]))
    hs = []
    for x in xs:
        h = np.tanh(p["W_h"] @ h + p["W_x"] @ x + p["b"])
        hs.append(h)
    return np.array(hs)


def birnn(xs, forward, backward):
    ahead = states_of(xs, forward)
    # Read from the end, then turned round: row t belongs to step t again.
    back = states_of(xs[::-1], backward)[::-1]
    return np.concatenate([ahead, back], axis=1)
