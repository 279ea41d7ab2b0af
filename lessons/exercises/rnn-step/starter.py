# One step of a recurrent network: h = tanh(W_h h_prev + W_x x + b).
# A vector is a list of numbers, a matrix a list of rows. Return h as a new list.
# With NumPy installed, `import numpy as np`: the arguments are arrays then.


def rnn_step(h_prev, x, W_h, W_x, b):
    # What comes in through x and b is still missing, and so is tanh.
    return product(W_h, h_prev)


def product(W, v):
    """Matrix times vector: one number for each row of W."""
    return [sum(w * v_k for w, v_k in zip(row, v)) for row in W]
