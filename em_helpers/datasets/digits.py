"""Handwritten digits."""

from em_helpers.arguments import FloatArray, IntArray
from em_helpers.datasets.table import columns


def digits() -> tuple[FloatArray, IntArray]:
    """1797 handwritten digits on grids of 8 by 8 pixels.

    Returns
    -------
    x : array, (1797, 64)
        Darkness of each pixel, row by row, from 0 to 16; a threshold of 8 makes it binary.
    digit : array of int, (1797,)
        0 to 9.

    Notes
    -----
    Source: the test part of UCI dataset 80 as in scikit-learn; Alpaydin and Kaynak (1998), Optical
    Recognition of Handwritten Digits; Kaynak (1995). UCI's general terms are CC BY 4.0.
    """
    names = [f"p{row}{column}" for row in range(8) for column in range(8)]
    x = columns("digits8x8.csv.gz", names)
    return x, columns("digits8x8.csv.gz", ["digit"])[:, 0].astype(int)
