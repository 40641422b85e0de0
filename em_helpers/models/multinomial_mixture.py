"""The mixture of multinomials: documents as counts of words, each document with one topic."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from em_helpers import arguments
from em_helpers.models import log_space
from em_helpers.models.family_mixture import FamilyMixture, refuse_empty
from em_helpers.models.immutable import keep


@dataclass(frozen=True, eq=False)
class MultinomialMixture(FamilyMixture):
    """A document's topic is k with probability π_k; its words are independent draws from φ_k.

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
    document of N words, so φ_k is each word's share of the words of Q_k. Nigam, McCallum, Thrun
    and Mitchell (2000), Machine Learning 39, 103-134.
    """

    probabilities: np.ndarray
    pseudo_count: float = 0.0

    forms: ClassVar[dict] = {"weights": "simplex", "probabilities": "simplex"}

    def __post_init__(self):
        weights = arguments.distribution("weights", self.weights)
        table = arguments.rows("probabilities", self.probabilities)
        shape = (weights.size, table.shape[1])
        table = arguments.row_distributions("probabilities", table, shape)
        alpha = arguments.at_least("pseudo_count", self.pseudo_count, 0)
        keep(self, weights=weights, probabilities=table, pseudo_count=alpha)

    @classmethod
    def from_responsibilities(cls, x, q, pseudo_count=0.0):
        """The M-step on responsibilities from anywhere.

        Parameters
        ----------
        x : array_like, (n, V)
            Whole counts of words.
        q : array_like, (n, K)
        pseudo_count : float

        Returns
        -------
        MultinomialMixture

        Raises
        ------
        ValueError
            ``x`` is no table of counts, ``q`` not a distribution in each row, or a component
            has no words.
        """
        x, q = arguments.rows("x", x), arguments.rows("q", q)
        components, words = q.shape[1], x.shape[1]
        flat = np.full((components, words), 1 / words)
        return cls._from(cls(np.full(components, 1 / components), flat, pseudo_count), x, q)

    def log_prior(self):
        """α Σ log φ, the log of the Dirichlet prior up to a constant (equation 8.16).

        Returns
        -------
        float
        """
        return float(log_space.times_log(self.pseudo_count, self.probabilities).sum())

    def sample(self, rng, n, words=20):
        """Draw n documents of some length with their topics.

        Parameters
        ----------
        rng : numpy.random.Generator
        n : int
        words : int
            N, of every document.

        Returns
        -------
        x : array, (n, V)
        z : array of int, (n,)
        """
        z = rng.choice(self.components, size=n, p=self.weights)
        return rng.multinomial(words, self.probabilities[z]).astype(float), z

    def _checked(self, x):
        x = arguments.rows("x", x, columns=self.probabilities.shape[1])
        arguments.whole_numbers("x", x)
        return x

    @staticmethod
    def _sufficient(x):
        return x

    @staticmethod
    def _log_base(x):
        from scipy.special import gammaln

        return gammaln(x.sum(axis=1) + 1) - log_space.log_factorials(x)

    def _natural(self):
        return log_space.log(self.probabilities)

    def _log_partition(self):
        return np.zeros(self.components)

    def _means(self):
        return self.probabilities.copy()

    def _matched(self, weights, counts, sums):
        sums = sums + self.pseudo_count
        words = sums.sum(axis=1)
        refuse_empty(words, "word")
        return MultinomialMixture(weights, sums / words[:, None], self.pseudo_count)
