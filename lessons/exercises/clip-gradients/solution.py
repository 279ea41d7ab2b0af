from math import sqrt


def is_number(tensor):
    return not hasattr(tensor, "__len__")


def entries(tensor):
    if is_number(tensor):
        return [tensor]
    return [g for part in tensor for g in entries(part)]


def scaled(tensor, scale):
    if is_number(tensor):
        return scale * tensor
    return [scaled(part, scale) for part in tensor]


def clip_gradients(gradients, max_norm):
    # Every entry of every tensor, as one long vector.
    norm = sqrt(sum(g * g for tensor in gradients.values() for g in entries(tensor)))
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: scaled(tensor, scale) for name, tensor in gradients.items()}
