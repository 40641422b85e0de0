"""Reading the package's own comma-separated tables."""

from importlib.resources import files

import numpy as np


def columns(file, names):
    """Columns of a table, by name: float64, (n, len(names)); a blank cell is NaN."""
    source = files("em_helpers.datasets") / "data" / file
    with source.open(encoding="utf-8") as lines:
        header = next(lines).strip().split(",")
        places = [header.index(name) for name in names]
        return np.genfromtxt(lines, delimiter=",", usecols=places, ndmin=2, dtype=float)
