"""Raises an exception whose every attribute is a surprise."""

# ruff: noqa


class Odd(Exception):
    def __str__(self):
        raise KeyboardInterrupt

    __repr__ = __str__
    __traceback__ = None


def double(x):
    raise Odd
