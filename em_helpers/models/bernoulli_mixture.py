"""The mixture of Bernoullis: rows of yes and no, such as the pixels of a black and white image."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from em_helpers import arguments
from em_helpers.models import log_space
from em_helpers.models.family_mixture import FamilyMixture, refuse_empty
from em_helpers.models.immutable import keep


@dataclass(frozen=True, eq=False)
class BernoulliMixture(FamilyMixture):
    """d binary columns, independent given the component.

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
    T(x) = (x, 1 − x), η = (log p, log (1 − p)), A = 0, h = 1: a coordinate more than a minimal
    family has, and none infinite but where p is 0 or 1. Bishop (2006), Pattern Recognition and
    Machine Learning, Springer, section 9.3.3.
    """

    probabilities: np.ndarray
    pseudo_count: float = 0.0

    forms: ClassVar[dict] = {"weights": "simplex", "probabilities": "free"}

    def __post_init__(self):
        weights = arguments.distribution("weights", self.weights)
        table = arguments.rows("probabilities", self.probabilities)
        shape = (weights.size, table.shape[1])
        arguments.probabilities("probabilities", table, shape, "one row a component")
        alpha = arguments.at_least("pseudo_count", self.pseudo_count, 0)
        keep(self, weights=weights, probabilities=table, pseudo_count=alpha)

    @classmethod
    def from_responsibilities(cls, x, q, pseudo_count=0.0):
        """The M-step on responsibilities from anywhere.

        Parameters
        ----------
        x : array_like, (n, d)
            Zeros and ones.
        q : array_like, (n, K)
        pseudo_count : float

        Returns
        -------
        BernoulliMixture

        Raises
        ------
        ValueError
            ``x`` is not all zeros and ones, ``q`` not a distribution in each row, or a component
            has no responsibility.
        """
        x, q = arguments.rows("x", x), arguments.rows("q", q)
        components = q.shape[1]
        half = np.full((components, x.shape[1]), 0.5)
        return cls._from(cls(np.full(components, 1 / components), half, pseudo_count), x, q)

    def log_prior(self):
        """α Σ (log p + log (1 − p)), the log of the Beta prior up to a constant.

        Returns
        -------
        float
        """
        both = log_space.times_log(self.pseudo_count, self.probabilities)
        return float((both + log_space.times_log(self.pseudo_count, 1 - self.probabilities)).sum())

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
        uniform = rng.random((n, self.probabilities.shape[1]))
        return (uniform < self.probabilities[z]).astype(float), z

    def _checked(self, x):
        x = arguments.rows("x", x, columns=self.probabilities.shape[1])
        if ((x != 0) & (x != 1)).any():
            row, column = np.argwhere((x != 0) & (x != 1))[0]
            raise ValueError(
                f"x[{row}, {column}] is {x[row, column]:g}; zeros and ones were expected: "
                f"compare with a threshold first."
            )
        return x

    @staticmethod
    def _sufficient(x):
        return np.concatenate([x, 1 - x], axis=1)

    @staticmethod
    def _log_base(x):
        return np.zeros(len(x))

    def _natural(self):
        p = self.probabilities
        return np.hstack([log_space.log(p), log_space.log_complement(p)])

    def _log_partition(self):
        return np.zeros(self.components)

    def _means(self):
        return np.concatenate([self.probabilities, 1 - self.probabilities], axis=1)

    def _matched(self, weights, counts, sums):
        ones, zeros = np.hsplit(sums + self.pseudo_count, 2)
        total = ones + zeros
        refuse_empty(total[:, 0], "case")
        return BernoulliMixture(weights, ones / total, self.pseudo_count)
