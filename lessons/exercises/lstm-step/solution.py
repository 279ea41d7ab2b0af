from math import exp, tanh


def lstm_step(h_prev, c_prev, x, p):
    def inside(gate):
        from_state, from_input = product(p["W_" + gate], h_prev), product(p["U_" + gate], x)
        return [s + i + bias for s, i, bias in zip(from_state, from_input, p["b_" + gate])]

    f, i, o = ([sigmoid(a) for a in inside(gate)] for gate in "fio")
    g = [tanh(a) for a in inside("g")]
    c = [f_j * c_j + i_j * g_j for f_j, c_j, i_j, g_j in zip(f, c_prev, i, g)]
    h = [o_j * tanh(c_j) for o_j, c_j in zip(o, c)]
    return h, c


def sigmoid(a):
    return 1 / (1 + exp(-a))


def product(W, v):
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]
