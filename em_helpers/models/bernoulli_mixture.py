"""The mixture of Bernoullis: rows of zeros and ones, such as the pixels of a binary image."""

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
class BernoulliMixture(ExponentialFamilyMixture):
    """A mixture over d binary columns, which are independent given the component.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    probabilities : array_like, (K, d)
        p_kj, the probability that column j is 1 in component k.
    pseudo_count : float
        α ≥ 0, added to the expected ones and to the expected zeros in the M-step: the mode under
        a Beta(α + 1, α + 1) prior. The weights are not smoothed.

    Raises
    ------
    ValueError
        Weights that are no distribution, a probability outside [0, 1], α below 0.

    Notes
    -----
    T(x) = (x, 1 − x), η = (log p, log (1 − p)), A = 0 and h = 1. These are more coordinates than
    a minimal family has, but none is infinite unless p is 0 or 1. Bishop (2006), Pattern
    Recognition and Machine Learning, Springer, section 9.3.3.
    """

    weights: FloatArray
    probabilities: FloatArray
    pseudo_count: float = 0.0

    forms: ClassVar = {"weights": "simplex", "probabilities": "free"}

    def __post_init__(self) -> None:
        weights = arguments.distribution("weights", self.weights)
        table = arguments.rows("probabilities", self.probabilities)
        shape = (weights.size, table.shape[1])
        arguments.probabilities("probabilities", table, shape, "one row per component")
        alpha = arguments.at_least("pseudo_count", self.pseudo_count, 0)
        freeze_parameters(self, weights=weights, probabilities=table, pseudo_count=alpha)

    def log_prior(self) -> float:
        """Return α Σ (log p + log (1 − p)), the log of the Beta prior up to a constant."""
        ones = log_space.times_log(self.pseudo_count, self.probabilities)
        zeros = log_space.times_log(self.pseudo_count, 1 - self.probabilities)
        return float((ones + zeros).sum())

    def _draw(self, rng: np.random.Generator, z: IntArray) -> FloatArray:
        uniform = rng.random((len(z), self.probabilities.shape[1]))
        return (uniform < self.probabilities[z]).astype(float)

    def check_data(self, x: ArrayLike) -> FloatArray:
        """Return the data, after checking that they are zeros and ones."""
        x = arguments.rows("x", x, columns=self.probabilities.shape[1])
        if ((x != 0) & (x != 1)).any():
            row, column = np.argwhere((x != 0) & (x != 1))[0]
            raise ValueError(
                f"x[{row}, {column}] is {x[row, column]:g}; zeros and ones were expected: "
                f"compare with a threshold first."
            )
        return x

    def sufficient_statistics(self, x: FloatArray) -> FloatArray:
        """Compute T(x) = (x, 1 − x)."""
        return np.concatenate([x, 1 - x], axis=1)

    def natural_parameters(self) -> FloatArray:
        """Return η = (log p, log (1 − p))."""
        p = self.probabilities
        return np.hstack([log_space.log(p), log_space.log_complement(p)])

    def mean_parameters(self) -> FloatArray:
        """Return E[T] = (p, 1 − p)."""
        return np.concatenate([self.probabilities, 1 - self.probabilities], axis=1)

    def match_moments(self, weights: FloatArray, counts: FloatArray, sums: FloatArray) -> Self:
        """Set p_kj to the expected share of ones, with the pseudo-counts."""
        ones, zeros = np.hsplit(sums + self.pseudo_count, 2)
        total = ones + zeros
        require_responsibility(total[:, 0], "rows")
        return type(self)(weights, ones / total, self.pseudo_count)

    @classmethod
    def _uninformed(cls, x: FloatArray, components: int) -> tuple[FloatArray, ...]:
        return (np.full((components, x.shape[1]), 0.5),)
