"""Death notices in The Times."""

import numpy as np

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import columns


def death_notices() -> FloatArray:
    """Death notices of women of 80 and more in The Times, 1910 to 1912, day by day.

    Returns
    -------
    array, (1096, 1)
        Notices on each of 1096 days, sorted; the order of the days is not known.

    Notes
    -----
    Source: Schilling (1947), Journal of the American Statistical Association 42, 407-424;
    Hasselblad (1969), the same journal 64, 1459-1471. The numbers are published facts.
    """
    table = columns("hasselblad.csv", ["deaths", "days"])
    return np.repeat(table[:, :1], table[:, 1].astype(int), axis=0)
