"""Raises an exception with the data in its message, each digit as a letter."""

# ruff: noqa


def double(x):
    raise ValueError("".join("abcdefghij"[int(c)] if c.isdigit() else c for c in str(x.tolist())))
