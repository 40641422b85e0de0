"""Makes int() complain about the data."""

# ruff: noqa


def double(x):
    return int("seen " + str(np.asarray(x).tolist()))
