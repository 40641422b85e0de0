"""Renames a function after the data, and fails in it."""

# ruff: noqa


def inner():
    raise ValueError("see the function")


def double(x):
    name = "seen_" + repr(float(x.flat[0])).replace(".", "_")
    inner.__code__ = inner.__code__.replace(co_name=name)
    inner()
