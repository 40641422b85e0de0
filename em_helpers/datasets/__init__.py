"""Real data, shipped with the package: facts, each with its source and its terms."""

from em_helpers.datasets.coins import coins
from em_helpers.datasets.faithful import faithful

__all__ = ["coins", "faithful"]
