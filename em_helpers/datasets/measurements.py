"""Continuous measurements, such as eruptions, flowers and wines."""

import numpy as np
from numpy.typing import NDArray

from em_helpers.datasets.tables import columns, words

WINE_MEASUREMENTS = (
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


def faithful() -> NDArray[np.float64]:
    """Load 272 eruptions of Old Faithful, a geyser in Yellowstone National Park.

    Returns
    -------
    array, (272, 2)
        Duration of the eruption in minutes; waiting time to the next eruption in whole minutes.
        The rows are not in chronological order.

    Notes
    -----
    Source: R's ``datasets::faithful``; Härdle (1991), Smoothing Techniques with Implementation
    in S, Springer; Azzalini and Bowman (1990), Applied Statistics 39, 357-365. The numbers are
    published facts.
    """
    return columns("faithful.csv", ["eruption_min", "waiting_min"])


def galaxies(corrected: bool = False) -> NDArray[np.float64]:
    """Load the velocities of 82 galaxies, which reveal superclusters and voids.

    Parameters
    ----------
    corrected : bool
        Whether row 78 (counted from 1) is 26960 km/s, as first published, instead of 26690, an
        error in R's MASS package that most published fits share.

    Returns
    -------
    array, (82, 1)
        Velocity in km/s. Publications divide by 1000.

    Notes
    -----
    Source: ``MASS::galaxies`` 7.3-58.2; Roeder (1990), Journal of the American Statistical
    Association 85, 617-624; Postman, Huchra and Geller (1986), Astronomical Journal 92,
    1238-1247. The numbers are published facts.
    """
    name = "velocity_corrected_km_s" if corrected else "velocity_km_s"
    return columns("galaxies.csv", [name])


def iris() -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Load measurements of 150 irises, 50 of each of three species.

    Returns
    -------
    x : array, (150, 4)
        Sepal length and width, petal length and width, in cm.
    species : array of str, (150,)
        setosa, versicolor or virginica.

    Notes
    -----
    Source: R's ``datasets::iris``; Fisher (1936), Annals of Eugenics 7, 179-188; Anderson (1935),
    Bulletin of the American Iris Society 59, 2-5. The copy at UCI differs in two rows. The numbers
    are published facts.
    """
    names = ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"]
    return columns("iris.csv", names), words("iris.csv", "species")


def penguins() -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Load measurements of 344 penguins of three species from the Palmer Archipelago.

    Returns
    -------
    x : array, (344, 4)
        Bill length, bill depth and flipper length in mm, body mass in g. All entries of two rows
        are NaN.
    species : array of str, (344,)
        Adelie, Chinstrap or Gentoo.

    Notes
    -----
    Source: palmerpenguins 0.1.1, CC0; Horst, Hill and Gorman (2020), doi:10.5281/zenodo.3960218;
    Gorman, Williams and Fraser (2014), PLoS ONE 9(3), e90081.
    """
    names = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    return columns("penguins.csv", names), words("penguins.csv", "species")


def wine() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Load chemical analyses of 178 Italian wines from three cultivars.

    Returns
    -------
    x : array, (178, 13)
        In the order of ``WINE_MEASUREMENTS``: alcohol in per cent by volume, the others in the
        units of the UCI description. Scales differ by a factor of 1000, so standardize.
    cultivar : array of int, (178,)
        1, 2 or 3.

    Notes
    -----
    Source: UCI dataset 109, doi:10.24432/C5PC7J, CC BY 4.0, as in scikit-learn; Aeberhard and
    Forina (1992).
    """
    x = columns("wine.csv", WINE_MEASUREMENTS)
    return x, columns("wine.csv", ["cultivar"])[:, 0].astype(int)


def digits() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Load 1797 images of handwritten digits with 8 by 8 pixels.

    Returns
    -------
    x : array, (1797, 64)
        Darkness of each pixel, row by row, from 0 to 16; a threshold of 8 makes it binary.
    digit : array of int, (1797,)
        0 to 9.

    Notes
    -----
    Source: the test part of UCI dataset 80 as in scikit-learn; Alpaydin and Kaynak (1998), Optical
    Recognition of Handwritten Digits; Kaynak (1995). UCI's general terms are CC BY 4.0.
    """
    names = [f"p{row}{column}" for row in range(8) for column in range(8)]
    x = columns("digits8x8.csv.gz", names)
    return x, columns("digits8x8.csv.gz", ["digit"])[:, 0].astype(int)
