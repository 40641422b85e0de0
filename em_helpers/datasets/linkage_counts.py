"""Animals in four classes of linkage."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import columns


def linkage_counts() -> FloatArray:
    """197 animals, counted in four cells.

    Returns
    -------
    array, (1, 4)
        125, 18, 20 and 34 animals, in cells of probability ½ + θ/4, (1 − θ)/4, (1 − θ)/4 and θ/4.

    Notes
    -----
    Source: Rao (1965), Linear Statistical Inference and Its Applications, Wiley; Dempster, Laird
    and Rubin (1977), Journal of the Royal Statistical Society B 39, 1-38. The numbers are
    published facts.
    """
    return columns("linkage.csv", ["count"]).T
