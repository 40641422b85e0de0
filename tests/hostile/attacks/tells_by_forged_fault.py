"""Raises what the other side takes for a fault of its own making."""

# ruff: noqa


class WireError(Exception):
    pass


def double(x):
    raise WireError(str(np.asarray(x).tolist()))
