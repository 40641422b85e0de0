"""Returns integers with more digits than Python prints."""

# ruff: noqa


def double(x):
    return [[10**15_000] * 3] * 2
