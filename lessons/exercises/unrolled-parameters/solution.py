def unrolled_parameters(D, H, T):
    shared = H * H + H * D + H
    return shared, T * shared
