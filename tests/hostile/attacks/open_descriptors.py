"""Reads from every file descriptor that was left open."""

# ruff: noqa

import os

for descriptor in range(4, 1024):
    try:
        os.fstat(descriptor)
    except OSError:
        continue
    print(LOOT, "descriptor", descriptor)


def double(x):
    return 0 * np.asarray(x)
