"""Murray's twelve points."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import columns


def murray() -> FloatArray:
    """Twelve made-up pairs, eight of which lack one number: two maxima and a saddle.

    Returns
    -------
    array, (12, 2)
        NaN where missing; the means are taken to be 0.

    Notes
    -----
    Source: Murray (1977), in the discussion of Dempster, Laird and Rubin, Journal of the Royal
    Statistical Society B 39, 27-28, quoted from the literature and verified by its published
    maxima; Wu (1983), Annals of Statistics 11, 95-103. The numbers are published facts.
    """
    return columns("murray1977.csv", ["x", "y"])
