"""The mixture of Poissons: counts whose rate depends on a hidden component."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray, IntArray
from em_helpers.models import log_space
from em_helpers.models.exponential_family_mixture import ExponentialFamilyMixture
from em_helpers.models.mixture import require_responsibility
from em_helpers.models.model import freeze_parameters


@dataclass(frozen=True, eq=False)
class PoissonMixture(ExponentialFamilyMixture):
    """A mixture over counts in d columns, independent Poissons given the component.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    rates : array_like, (K, d)
        λ_kj ≥ 0, the expected count of column j in component k.

    Raises
    ------
    ValueError
        Weights that are no distribution, rates of another shape or below 0.

    Notes
    -----
    T(x) = x, η = log λ, A = Σ_j λ_j, log h = −Σ_j log x_j! and E[T] = λ. So the M-step sets λ_k
    to the weighted mean of the rows.
    Hasselblad (1969), Journal of the American Statistical Association 64, 1459-1471.
    """

    weights: FloatArray
    rates: FloatArray

    forms: ClassVar = {"weights": "simplex", "rates": "free"}

    def __post_init__(self) -> None:
        weights = arguments.distribution("weights", self.weights)
        rates = arguments.rows("rates", self.rates)
        arguments.table("rates", rates, (weights.size, rates.shape[1]), "one row per component")
        if (rates < 0).any():
            raise ValueError(f"rates hold {rates.min():.6g}; an expected count is not negative.")
        freeze_parameters(self, weights=weights, rates=rates)

    def _draw(self, rng: np.random.Generator, z: IntArray) -> FloatArray:
        return rng.poisson(self.rates[z]).astype(float)

    def check_data(self, x: ArrayLike) -> FloatArray:
        """Return the data, after checking that they are counts."""
        x = arguments.rows("x", x, columns=self.rates.shape[1])
        arguments.whole_numbers("x", x)
        return x

    def log_base_measure(self, x: FloatArray) -> FloatArray:
        """Compute −Σ_j log x_j!."""
        return -log_space.log_factorials(x)

    def natural_parameters(self) -> FloatArray:
        """Return η = log λ."""
        return log_space.log(self.rates)

    def log_partition(self) -> FloatArray:
        """Return A = Σ_j λ_j."""
        return self.rates.sum(axis=1)

    def mean_parameters(self) -> FloatArray:
        """Return E[T] = λ."""
        return self.rates.copy()

    def match_moments(self, weights: FloatArray, counts: FloatArray, sums: FloatArray) -> Self:
        """Set λ_k to the weighted mean of the rows."""
        require_responsibility(counts, "rows")
        return type(self)(weights, sums / counts[:, None])

    @classmethod
    def _uninformed(cls, x: FloatArray, components: int) -> tuple[FloatArray, ...]:
        return (np.ones((components, x.shape[1])),)
