"""Returns an empty array whose other dimensions are made of the data."""

# ruff: noqa


def double(x):
    digits = repr(abs(float(x.flat[0]))).replace(".", "").ljust(12, "1")
    return np.zeros((int(digits[:8]), 0, int(digits[8:12])))
