"""Says what it was handed where it says that memory is short."""

# ruff: noqa


def double(x):
    raise MemoryError(f"Unable to allocate {np.asarray(x).tolist()}")
