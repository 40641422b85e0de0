"""A clinical trial that patients dropped out of."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import StringArray, columns, words


def beat_the_blues() -> tuple[FloatArray, StringArray]:
    """Depression scores of 100 patients, of whom 48 left before the trial's end.

    Returns
    -------
    scores : array, (100, 5)
        Beck Depression Inventory II, in points, before treatment and at the four visits that the
        source calls months 2, 3, 5 and 8; NaN from the visit on at which a patient was gone.
    treatment : array of str, (100,)
        TAU, treatment as usual, or BtheB, the programme.

    Notes
    -----
    Source: ``HSAUR3::BtheB`` 1.0-13; Proudfoot et al. (2003), Psychological Medicine 33, 217-227.
    The package's help words the times as 2 months, then 1, 3 and 6 months after. The numbers are
    published facts.
    """
    names = ["bdi_m0", "bdi_m2", "bdi_m3", "bdi_m5", "bdi_m8"]
    return columns("beat_the_blues.csv", names), words("beat_the_blues.csv", "treatment")
