"""Raises what the other side takes for the refusal of a call."""

# ruff: noqa


class ReferenceCalled(Exception):
    pass


def double(x):
    raise ReferenceCalled(f"the answer calls {np.asarray(x).tolist()}")
