"""Raises an exception that looks like an error of the grader itself."""

# ruff: noqa


class SerializationError(Exception):
    pass


def double(x):
    raise SerializationError(str(np.asarray(x).tolist()))
