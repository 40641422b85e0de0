"""Eruptions of Old Faithful."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import columns


def faithful() -> FloatArray:
    """Old Faithful, Yellowstone: 272 eruptions.

    Returns
    -------
    array, (272, 2)
        Length of the eruption in minutes; waiting time to the next in whole minutes. The order
        is not that of time.

    Notes
    -----
    Source: R's ``datasets::faithful``; Härdle (1991), Smoothing Techniques with Implementation
    in S, Springer; Azzalini and Bowman (1990), Applied Statistics 39, 357-365. The numbers are
    published facts.
    """
    return columns("faithful.csv", ["eruption_min", "waiting_min"])
