"""Raises exceptions that a test might take for its own end."""

# ruff: noqa


def double(x):
    raise SystemExit(0)
