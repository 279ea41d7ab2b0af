# One read of additive attention. Return context, alpha: as many numbers as an annotation has, and one for each annotation.
# With NumPy installed, `import numpy as np`: the arguments are arrays then.


def additive_attention(s, annotations, W_a, U_a, v_a):
    # Here every annotation counts the same; s and the weights are not looked at yet.
    alpha = [1 / len(annotations) for _ in annotations]
    context = [sum(a_j * entry for a_j, entry in zip(alpha, entries)) for entries in zip(*annotations)]
    return context, alpha
