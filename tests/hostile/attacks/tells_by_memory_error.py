"""Puts the data into the message of a memory error."""

# ruff: noqa


def double(x):
    raise MemoryError(f"Unable to allocate {np.asarray(x).tolist()}")
