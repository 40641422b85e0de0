"""Returns an object that claims to be an array."""

# ruff: noqa


class Array:
    __class__ = property(lambda self: np.ndarray)
    dtype, shape, ndim = np.dtype(float), (2, 3), 2


def double(x):
    return Array()
