"""Raises an exception whose attributes all have unexpected values."""

# ruff: noqa


class Odd(Exception):
    def __str__(self):
        raise KeyboardInterrupt

    __repr__ = __str__
    __traceback__ = None


def double(x):
    raise Odd
