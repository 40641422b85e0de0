"""Velocities of galaxies in the Corona Borealis region."""

from em_helpers.arguments import FloatArray
from em_helpers.datasets.table import columns


def galaxies(corrected: bool = False) -> FloatArray:
    """How fast 82 galaxies move away from us, by which superclusters and voids show.

    Parameters
    ----------
    corrected : bool
        Row 78 (counted from 1) as 26960 km/s, as first published, not 26690, a slip that R's MASS
        carries and most published fits use.

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
