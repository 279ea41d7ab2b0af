from math import exp, tanh


def additive_attention(s, annotations, W_a, U_a, v_a):
    q = product(W_a, s)
    energies = [sum(v * tanh(q_a + met) for v, q_a, met in zip(v_a, q, product(U_a, h_j))) for h_j in annotations]
    total = sum(exp(e) for e in energies)
    alpha = [exp(e) / total for e in energies]
    context = [sum(a_j * entry for a_j, entry in zip(alpha, entries)) for entries in zip(*annotations)]
    return context, alpha


def product(W, v):
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]
