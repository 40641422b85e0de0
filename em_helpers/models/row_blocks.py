"""How many rows an E-step handles at a time, so that it is fast and its memory stays flat in n.

No result depends on these sizes, except by rounding. They are the fastest ones that were measured.
"""

from collections.abc import Iterator

GAUSSIAN_ENTRIES = 2**14
"""Rows times the larger of d and K in one block of a Gaussian mixture's E-step: temporaries of this
size stay in the processor's cache."""

FAMILY_ENTRIES = 2**17
"""Entries of T(x), or of log p(x, z), in one block of an exponential family's E-step."""

ONE_THREAD = 2**18
"""Multiplications in a matrix product that OpenBLAS does in one thread. Thin products gain nothing
from more threads, and wait for them when other programs run."""


def row_blocks(n: int, size: int) -> Iterator[slice]:
    """Split n rows into slices of at most ``size`` rows."""
    return (slice(start, start + size) for start in range(0, n, size))


def gaussian_block_rows(components: int, d: int) -> int:
    """Return how many rows a Gaussian mixture's E-step takes at a time."""
    return max(64, GAUSSIAN_ENTRIES // max(components, d))


def family_block_rows(components: int, parameters: int) -> int:
    """Return how many rows an exponential family's E-step takes at a time.

    There are as many as ``FAMILY_ENTRIES`` allows, or fewer, but at least 4, if the matrix products
    then stay in one thread. ``parameters`` is the number of entries of T(x).
    """
    rows = max(1, FAMILY_ENTRIES // max(components, parameters))
    thin = ONE_THREAD // (components * parameters)
    return min(rows, thin) if thin >= 4 else rows
