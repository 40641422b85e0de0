"""A small survey with gaps."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import columns


def nhanes() -> FloatArray:
    """Age, weight and blood of 25 people, with gaps.

    Returns
    -------
    array, (25, 4)
        Age group (1 is 20-39, 2 is 40-59, 3 is 60 and more), body mass index in kg/m², hypertensive
        (1 no, 2 yes), cholesterol in mg/dl; NaN where not recorded.

    Notes
    -----
    Source: ``mice::nhanes`` 3.15.0; Schafer (1997), Analysis of Incomplete Multivariate Data,
    Chapman and Hall, table 6.14. The numbers are published facts.
    """
    names = ["age_group", "bmi_kg_m2", "hypertensive", "cholesterol_mg_dl"]
    return columns("nhanes25.csv", names)
