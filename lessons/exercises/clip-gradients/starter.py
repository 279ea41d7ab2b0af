# Clipping by the global norm: where the norm of all gradients together is above max_norm, all of them are scaled down to it.
# `gradients` is a dict of tensors (lists of numbers, or lists of rows). Return a new dict of the same names.
# With NumPy installed, `import numpy as np`: the tensors are arrays then.


def clip_gradients(gradients, max_norm):
    norm = 0.0  # Still missing: the root of the sum of the squares of all entries of all tensors.
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: times(scale, tensor) for name, tensor in gradients.items()}


def times(factor, tensor):
    """Every number of a tensor, however deep its lists are, times a factor."""
    if hasattr(tensor, "__len__"):
        return [times(factor, part) for part in tensor]
    return factor * tensor
