import numpy as np


def rnn_backward(h_0, xs, W_h, W_x, b, d_hs):
    hs = [h_0]  # hs[t] is the state before step t, hs[t + 1] the one after
    for x in xs:
        hs.append(np.tanh(W_h @ hs[-1] + W_x @ x + b))
    d_W_h, d_W_x, d_b = np.zeros_like(W_h), np.zeros_like(W_x), np.zeros_like(b)
    d_next = np.zeros_like(b)  # what the step after this one sent back
    for t in reversed(range(len(xs))):
        d_a = (d_hs[t] + d_next) * (1 - hs[t + 1] ** 2)
        d_W_h += np.outer(d_a, hs[t])
        d_W_x += np.outer(d_a, xs[t])
        d_b += d_a
        d_next = W_h.T @ d_a
    return d_W_h, d_W_x, d_b, d_next
