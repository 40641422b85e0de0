"""Penguins of the Palmer Archipelago."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import StringArray, columns, words


def penguins() -> tuple[FloatArray, StringArray]:
    """Measurements of 344 penguins of three species.

    Returns
    -------
    x : array, (344, 4)
        Bill length, bill depth and flipper length in mm, body mass in g; two rows are NaN
        throughout.
    species : array of str, (344,)
        Adelie, Chinstrap or Gentoo.

    Notes
    -----
    Source: palmerpenguins 0.1.1, CC0; Horst, Hill and Gorman (2020), doi:10.5281/zenodo.3960218;
    Gorman, Williams and Fraser (2014), PLoS ONE 9(3), e90081.
    """
    names = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    return columns("penguins.csv", names), words("penguins.csv", "species")
