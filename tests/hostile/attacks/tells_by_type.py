"""Returns a class that is named after the data."""

# ruff: noqa


def double(x):
    return type("seen_" + repr(float(x.flat[0])).replace(".", "_"), (), {})()
