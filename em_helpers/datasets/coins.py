"""The two coins of Do and Batzoglou."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import columns


def coins() -> FloatArray:
    """Five sets of ten tosses, each set made with one of two coins.

    Returns
    -------
    array, (5, 2)
        Heads and tosses of each set.

    Notes
    -----
    Source: Do and Batzoglou (2008), Nature Biotechnology 26, 897-899, figure 1: data made up
    for teaching. Which coin made which set is A in sets 2, 3 and 5 and B in sets 1 and 4. The
    numbers are published facts.
    """
    return columns("coins.csv", ["heads", "n"])
