"""Real data shipped with the package, each with its source and its licence."""

from em_helpers.datasets.counts import (
    acquisitions_and_oil,
    coins,
    death_notices,
    linkage_counts,
    reuters,
)
from em_helpers.datasets.measurements import digits, faithful, galaxies, iris, penguins, wine
from em_helpers.datasets.missing_data import beat_the_blues, cement, murray, nhanes

__all__ = [
    "acquisitions_and_oil",
    "beat_the_blues",
    "cement",
    "coins",
    "death_notices",
    "digits",
    "faithful",
    "galaxies",
    "iris",
    "linkage_counts",
    "murray",
    "nhanes",
    "penguins",
    "reuters",
    "wine",
]
