"""Data with missing entries, which are NaN."""

import numpy as np
from numpy.typing import NDArray

from em_helpers.datasets.tables import columns, words


def beat_the_blues() -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Load depression scores of 100 patients in a clinical trial, of whom 48 dropped out.

    Returns
    -------
    scores : array, (100, 5)
        Beck Depression Inventory II, in points, before treatment and at the four visits that the
        source calls months 2, 3, 5 and 8; NaN from the visit on at which a patient was absent.
    treatment : array of str, (100,)
        TAU, treatment as usual, or BtheB, the programme.

    Notes
    -----
    Source: ``HSAUR3::BtheB`` 1.0-13; Proudfoot et al. (2003), Psychological Medicine 33, 217-227.
    The package's help gives the times as 2 months, then 1, 3 and 6 months after. The numbers are
    published facts.
    """
    names = ["bdi_m0", "bdi_m2", "bdi_m3", "bdi_m5", "bdi_m8"]
    return columns("beat_the_blues.csv", names), words("beat_the_blues.csv", "treatment")


def cement(missing: bool = False) -> NDArray[np.float64]:
    """Load the amounts of four compounds in thirteen cements and the heat that each gave off.

    Parameters
    ----------
    missing : bool
        Whether to remove the entries that Rubin removed: x4 in rows 7 to 13, x1 and x2 in rows 10
        to 13 (counted from 1).

    Returns
    -------
    array, (13, 5)
        x1 to x4 in per cent by weight, x5 in calories per gram; NaN where removed.

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


def murray() -> NDArray[np.float64]:
    """Load Murray's twelve artificial pairs, whose likelihood has two maxima and a saddle point.

    Returns
    -------
    array, (12, 2)
        Eight rows have one missing entry, NaN. The means are assumed to be 0.

    Notes
    -----
    Source: Murray (1977), in the discussion of Dempster, Laird and Rubin, Journal of the Royal
    Statistical Society B 39, 27-28, quoted from the literature and verified by its published
    maxima; Wu (1983), Annals of Statistics 11, 95-103. The numbers are published facts.
    """
    return columns("murray1977.csv", ["x", "y"])


def nhanes() -> NDArray[np.float64]:
    """Load age, weight and blood values of 25 people, with missing entries.

    Returns
    -------
    array, (25, 4)
        Age group (1 is 20-39, 2 is 40-59, 3 is 60 and over), body mass index in kg/m², hypertensive
        (1 no, 2 yes), cholesterol in mg/dl; NaN where not recorded.

    Notes
    -----
    Source: ``mice::nhanes`` 3.15.0; Schafer (1997), Analysis of Incomplete Multivariate Data,
    Chapman and Hall, table 6.14. The numbers are published facts.
    """
    names = ["age_group", "bmi_kg_m2", "hypertensive", "cholesterol_mg_dl"]
    return columns("nhanes25.csv", names)
