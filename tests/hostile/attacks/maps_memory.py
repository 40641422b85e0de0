"""Maps shared memory, and files of the Python installation for writing."""

# ruff: noqa

import mmap
import os

kept = []
try:
    while True:
        kept.append(mmap.mmap(-1, 1 << 30))
        kept[-1][:: 1 << 12] = b"x" * (1 << 18)
        assert len(kept) < 16
except (OSError, MemoryError):
    pass
except AssertionError:
    print(LOOT, "memory without end")
try:
    with open(os.__file__, "r+b") as file:
        kept.append(mmap.mmap(file.fileno(), 0))
        print(LOOT, "a file of Python's")
except OSError:
    pass


def double(x):
    return 0 * np.asarray(x)
