"""Wines of three cultivars."""

from em_helpers.arguments import FloatArray, IntArray
from em_helpers.datasets.table import columns

MEASUREMENTS = (
    "alcohol",
    "malic_acid",
    "ash",
    "alcalinity_of_ash",
    "magnesium",
    "total_phenols",
    "flavanoids",
    "nonflavanoid_phenols",
    "proanthocyanins",
    "color_intensity",
    "hue",
    "od280_od315",
    "proline",
)


def wine() -> tuple[FloatArray, IntArray]:
    """Chemical analyses of 178 Italian wines from three cultivars.

    Returns
    -------
    x : array, (178, 13)
        In the order of ``MEASUREMENTS``: alcohol in per cent by volume, the others in the units
        of the UCI description. Scales differ a thousandfold; standardise.
    cultivar : array of int, (178,)
        1, 2 or 3.

    Notes
    -----
    Source: UCI dataset 109, doi:10.24432/C5PC7J, CC BY 4.0, as in scikit-learn; Aeberhard and
    Forina (1992).
    """
    x = columns("wine.csv", list(MEASUREMENTS))
    return x, columns("wine.csv", ["cultivar"])[:, 0].astype(int)
