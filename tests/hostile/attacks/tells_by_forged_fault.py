"""Raises what the other side takes for a fault of its own making."""

# ruff: noqa


class SerializationError(Exception):
    pass


def double(x):
    raise SerializationError(str(np.asarray(x).tolist()))
