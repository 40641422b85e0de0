"""The mixture of multinomials: documents as counts of words, each document with one topic."""

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
class MultinomialMixture(ExponentialFamilyMixture):
    """A mixture over documents: the topic is k with probability π_k, its words are drawn from φ_k.

    Data have one column per word of the vocabulary: how often it occurs in each document.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    probabilities : array_like, (K, V)
        φ_k over the V words, each row summing to one.
    pseudo_count : float
        α ≥ 0, added to every word's expected count in the M-step: the mode under a Dirichlet
        prior with parameter α + 1. The weights are not smoothed.

    Raises
    ------
    ValueError
        Rows that are no distributions, shapes that do not fit, α below 0.

    Notes
    -----
    T(x) = x, η = log φ, A = 0, log h = log (Σ_v x_v)! − Σ_v log x_v!, and E[T] = N φ for a
    document of N words. So the M-step sets φ_k to each word's share of the expected words of
    topic k. Nigam, McCallum, Thrun and Mitchell (2000), Machine Learning 39, 103-134.
    """

    weights: FloatArray
    probabilities: FloatArray
    pseudo_count: float = 0.0

    forms: ClassVar = {"weights": "simplex", "probabilities": "simplex"}

    def __post_init__(self) -> None:
        weights = arguments.distribution("weights", self.weights)
        table = arguments.rows("probabilities", self.probabilities)
        shape = (weights.size, table.shape[1])
        table = arguments.row_distributions("probabilities", table, shape)
        alpha = arguments.at_least("pseudo_count", self.pseudo_count, 0)
        freeze_parameters(self, weights=weights, probabilities=table, pseudo_count=alpha)

    def log_prior(self) -> float:
        """Return α Σ log φ, the log of the Dirichlet prior up to a constant (equation 8.16)."""
        return float(log_space.times_log(self.pseudo_count, self.probabilities).sum())

    def _draw(self, rng: np.random.Generator, z: IntArray, words: int = 20) -> FloatArray:
        return rng.multinomial(words, self.probabilities[z]).astype(float)

    def check_data(self, x: ArrayLike) -> FloatArray:
        """Return the data, after checking that they are counts."""
        x = arguments.rows("x", x, columns=self.probabilities.shape[1])
        arguments.whole_numbers("x", x)
        return x

    def log_base_measure(self, x: FloatArray) -> FloatArray:
        """Compute the log of the multinomial coefficient."""
        from scipy.special import gammaln

        return gammaln(x.sum(axis=1) + 1) - log_space.log_factorials(x)

    def natural_parameters(self) -> FloatArray:
        """Return η = log φ."""
        return log_space.log(self.probabilities)

    def mean_parameters(self) -> FloatArray:
        """Return E[T] = φ of one word."""
        return self.probabilities.copy()

    def match_moments(self, weights: FloatArray, counts: FloatArray, sums: FloatArray) -> Self:
        """Set φ_kv to word v's share of the expected words, with the pseudo-counts."""
        sums = sums + self.pseudo_count
        words = sums.sum(axis=1)
        require_responsibility(words, "words")
        return type(self)(weights, sums / words[:, None], self.pseudo_count)

    @classmethod
    def _uninformed(cls, x: FloatArray, components: int) -> tuple[FloatArray, ...]:
        return (np.full((components, x.shape[1]), 1 / x.shape[1]),)
