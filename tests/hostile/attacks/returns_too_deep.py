"""Returns lists nested a hundred thousand deep."""

# ruff: noqa


def double(x):
    nest = []
    for _ in range(100_000):
        nest = [nest]
    return nest
