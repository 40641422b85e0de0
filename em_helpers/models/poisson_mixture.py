"""The mixture of Poissons: counts whose rate depends on a hidden kind."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from em_helpers import arguments
from em_helpers.models import log_space
from em_helpers.models.family_mixture import FamilyMixture, refuse_empty
from em_helpers.models.immutable import keep


@dataclass(frozen=True, eq=False)
class PoissonMixture(FamilyMixture):
    """Counts in d columns, independent Poissons given the component.

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
    T(x) = x, η = log λ, A = Σ_j λ_j, log h = −Σ_j log x_j!; E[T] = λ, so λ_k is the mean of Q_k.
    Hasselblad (1969), Journal of the American Statistical Association 64, 1459-1471.
    """

    rates: np.ndarray

    forms: ClassVar[dict] = {"weights": "simplex", "rates": "free"}

    def __post_init__(self):
        weights = arguments.distribution("weights", self.weights)
        rates = arguments.rows("rates", self.rates)
        arguments.table("rates", rates, (weights.size, rates.shape[1]), "one row a component")
        if (rates < 0).any():
            raise ValueError(f"rates hold {rates.min():.6g}; an expected count is not negative.")
        keep(self, weights=weights, rates=rates)

    @classmethod
    def from_responsibilities(cls, x, q):
        """The M-step on responsibilities from anywhere.

        Parameters
        ----------
        x : array_like, (n, d)
            Whole counts.
        q : array_like, (n, K)

        Returns
        -------
        PoissonMixture

        Raises
        ------
        ValueError
            ``x`` is no table of counts, ``q`` not a distribution in each row, or a component
            has no responsibility.
        """
        x, q = arguments.rows("x", x), arguments.rows("q", q)
        components = q.shape[1]
        rates = np.ones((components, x.shape[1]))
        return cls._from(cls(np.full(components, 1 / components), rates), x, q)

    def sample(self, rng, n):
        """Draw n cases with their components.

        Parameters
        ----------
        rng : numpy.random.Generator
        n : int

        Returns
        -------
        x : array, (n, d)
        z : array of int, (n,)
        """
        z = rng.choice(self.components, size=n, p=self.weights)
        return rng.poisson(self.rates[z]).astype(float), z

    def _checked(self, x):
        x = arguments.rows("x", x, columns=self.rates.shape[1])
        arguments.whole_numbers("x", x)
        return x

    @staticmethod
    def _sufficient(x):
        return x

    @staticmethod
    def _log_base(x):
        return -log_space.log_factorials(x)

    def _natural(self):
        return log_space.log(self.rates)

    def _log_partition(self):
        return self.rates.sum(axis=1)

    def _means(self):
        return self.rates.copy()

    def _matched(self, weights, counts, sums):
        refuse_empty(counts, "case")
        return PoissonMixture(weights, sums / counts[:, None])
