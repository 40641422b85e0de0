"""Heat of setting cement."""

import numpy as np

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import columns


def cement(missing: bool = False) -> FloatArray:
    """Four compounds of thirteen cements, and the heat that each gave off.

    Parameters
    ----------
    missing : bool
        Take out what Rubin took out: x4 in rows 7 to 13, x1 and x2 in rows 10 to 13 (from 1).

    Returns
    -------
    array, (13, 5)
        x1 to x4 in per cent by weight, x5 in calories a gram; NaN where taken out.

    Notes
    -----
    Source: Hald (1952), Statistical Theory with Engineering Applications, Wiley; Draper and Smith
    (1968). The pattern: Rubin (1976); Little and Rubin (1987), Statistical Analysis with Missing
    Data, Wiley. The numbers are published facts.
    """
    x = columns("cement.csv", ["x1", "x2", "x3", "x4", "x5"])
    if missing:
        x[6:, 3] = np.nan
        x[9:, :2] = np.nan
    return x
