"""Returns integers of more digits than Python writes out."""

# ruff: noqa


def double(x):
    return [[10**15_000] * 3] * 2
