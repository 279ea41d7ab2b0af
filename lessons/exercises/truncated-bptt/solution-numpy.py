import numpy as np


def truncated_bptt(h_0, xs, W_h, W_x, b, d_hs, k):
    hs = [h_0]  # hs[t] is the state before step t, hs[t + 1] the one after
    for x in xs:
        hs.append(np.tanh(W_h @ hs[-1] + W_x @ x + b))
    d_W_h, d_W_x, d_b = np.zeros_like(W_h), np.zeros_like(W_x), np.zeros_like(b)
    for t in range(len(xs)):
        # The loss at step t alone, back over steps t, t-1, ..., t-k+1.
        d_h = d_hs[t]
        for s in range(t, max(-1, t - k), -1):
            d_a = d_h * (1 - hs[s + 1] ** 2)
            d_W_h += np.outer(d_a, hs[s])
            d_W_x += np.outer(d_a, xs[s])
            d_b += d_a
            d_h = W_h.T @ d_a
    return d_W_h, d_W_x, d_b
