"""Returns an array that takes a terabyte when serialized."""

# ruff: noqa


def double(x):
    return np.broadcast_to(1.0, (1 << 20, 1 << 17))
