# Parameters of h_t = tanh(W_h h_{t-1} + W_x x_t + b), unrolled T steps. Return shared, untied, two whole numbers.


def unrolled_parameters(D, H, T):
    # Only W_h is counted so far.
    shared = H * H
    untied = shared
    return shared, untied
