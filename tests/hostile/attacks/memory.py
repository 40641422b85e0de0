"""Allocates memory until none is left."""

# ruff: noqa


def double(x):
    kept = []
    while True:
        kept.append(np.ones(1 << 24))
