"""Raises an exception with a script in its message and its name."""

# ruff: noqa


class Odd(Exception):
    pass


Odd.__name__ = '<script>alert("x")</script>'


def double(x):
    raise Odd('<script>alert("x")</script>')


raise Odd('<script>alert("x")</script>')
