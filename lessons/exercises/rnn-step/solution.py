from math import tanh


def rnn_step(h_prev, x, W_h, W_x, b):
    from_state, from_input = product(W_h, h_prev), product(W_x, x)
    return [tanh(s + i + bias) for s, i, bias in zip(from_state, from_input, b)]


def product(W, v):
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]
