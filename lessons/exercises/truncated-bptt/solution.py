from math import tanh


def dot(row, v):
    return sum(w * v_j for w, v_j in zip(row, v))


def zeros(rows, columns):
    return [[0.0] * columns for _ in range(rows)]


def add_outer(total, u, v):
    for i in range(len(u)):
        for j in range(len(v)):
            total[i][j] += u[i] * v[j]


def rnn_forward(h_0, xs, W_h, W_x, b):
    hs = []
    h = h_0
    for x in xs:
        h = [tanh(dot(W_h[i], h) + dot(W_x[i], x) + b[i]) for i in range(len(b))]
        hs.append(h)
    return hs


def truncated_bptt(h_0, xs, W_h, W_x, b, d_hs, k):
    H, D, T = len(b), len(xs[0]), len(xs)
    hs = rnn_forward(h_0, xs, W_h, W_x, b)
    d_W_h, d_W_x, d_b = zeros(H, H), zeros(H, D), [0.0] * H
    for t in range(T):
        # The loss at step t alone, back over steps t, t-1, ..., t-k+1.
        d_h = d_hs[t]
        for s in range(t, max(-1, t - k), -1):
            d_a = [d_h[i] * (1 - hs[s][i] ** 2) for i in range(H)]
            add_outer(d_W_h, d_a, hs[s - 1] if s > 0 else h_0)
            add_outer(d_W_x, d_a, xs[s])
            d_b = [d_b[i] + d_a[i] for i in range(H)]
            d_h = [sum(W_h[i][j] * d_a[i] for i in range(H)) for j in range(H)]
    return d_W_h, d_W_x, d_b
