"""Returns a thing that says it is an array, and a class with a shouting name."""

# ruff: noqa


class Array:
    __class__ = property(lambda self: np.ndarray)
    dtype, shape, ndim = np.dtype(float), (2, 3), 2


def double(x):
    return Array()
