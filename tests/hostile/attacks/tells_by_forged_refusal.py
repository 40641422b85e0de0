"""Raises an exception that looks like the refusal of a call."""

# ruff: noqa


class ReferenceCalled(Exception):
    pass


def double(x):
    raise ReferenceCalled(f"the answer calls {np.asarray(x).tolist()}")
