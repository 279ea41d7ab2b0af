from math import exp, tanh


def gru_step(h_prev, x, p):
    def inside(gate, state):
        from_state, from_input = product(p["W_" + gate], state), product(p["U_" + gate], x)
        return [s + i + bias for s, i, bias in zip(from_state, from_input, p["b_" + gate])]

    z = [sigmoid(a) for a in inside("z", h_prev)]
    r = [sigmoid(a) for a in inside("r", h_prev)]
    seen = [r_j * h_j for r_j, h_j in zip(r, h_prev)]
    n = [tanh(a) for a in inside("n", seen)]
    return [z_j * h_j + (1 - z_j) * n_j for z_j, h_j, n_j in zip(z, h_prev, n)]


def sigmoid(a):
    return 1 / (1 + exp(-a))


def product(W, v):
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]
