"""Real data, shipped with the package: facts, each with its source and its terms."""

from em_helpers.datasets.acquisitions_and_oil import acquisitions_and_oil
from em_helpers.datasets.beat_the_blues import beat_the_blues
from em_helpers.datasets.cement import cement
from em_helpers.datasets.coins import coins
from em_helpers.datasets.death_notices import death_notices
from em_helpers.datasets.digits import digits
from em_helpers.datasets.faithful import faithful
from em_helpers.datasets.galaxies import galaxies
from em_helpers.datasets.iris import iris
from em_helpers.datasets.linkage_counts import linkage_counts
from em_helpers.datasets.murray import murray
from em_helpers.datasets.nhanes import nhanes
from em_helpers.datasets.penguins import penguins
from em_helpers.datasets.reuters import reuters
from em_helpers.datasets.wine import wine

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
