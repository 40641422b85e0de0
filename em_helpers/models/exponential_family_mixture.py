"""Mixtures of one exponential family: one E-step and one M-step for all of them.

log p(x, z=k; θ) = ⟨η_k, T(x)⟩ − A(η_k) + log h(x) + log π_k. The expected log-joint depends on the
data only through c_k = Σ_x q(z=k) and Σ_x q(z=k) T(x), and is largest if each component's E[T]
equals the weighted mean of T(x): the M-step matches moments.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.models import log_space
from em_helpers.models.mixture import Mixture, MixtureStatistics
from em_helpers.models.row_blocks import family_block_rows, row_blocks


@dataclass(frozen=True, eq=False)
class MomentStatistics(MixtureStatistics):
    """The expected sufficient statistics of a mixture of exponential families.

    Attributes
    ----------
    log_base : float
        Σ_x log h(x), the part of the log-likelihood that does not depend on θ.
    counts : array, (K,)
        c_k = Σ_x q(z=k).
    sums : array, (K, p)
        Σ_x q(z=k) T(x), with T the family's sufficient statistic.
    """

    log_base: float
    counts: FloatArray
    sums: FloatArray


class ExponentialFamilyMixture(Mixture[MomentStatistics]):
    """The mixture Σ_k π_k h(x) exp(⟨η_k, T(x)⟩ − A(η_k)).

    A subclass defines ``check_data``, ``natural_parameters`` (η), ``mean_parameters`` (E[T]) and
    ``match_moments``, and whichever of ``sufficient_statistics`` (T), ``log_base_measure`` (log h)
    and ``log_partition`` (A) is not the default.

    Notes
    -----
    Sundberg (1974), Scandinavian Journal of Statistics 1, 49-58; Dempster, Laird and Rubin
    (1977), section 2; McLachlan and Krishnan (2008), The EM Algorithm and Extensions, Wiley,
    section 1.5.
    """

    def log_joint(self, x: ArrayLike) -> FloatArray:
        """Compute log p(x, z=k; θ), with every factor that does not depend on θ (equation 8.2)."""
        x = self.check_data(x)
        return self._log_joint(self.sufficient_statistics(x)) + self.log_base_measure(x)[:, None]

    def e_step(self, x: ArrayLike) -> MomentStatistics:
        """Compute Σ_x r_k(x) and Σ_x r_k(x) T(x) with r_k = p(z=k | x; θ) (3.4 and 4.5)."""
        return self._expected_sums(self.check_data(x), None)

    def statistics(self, x: ArrayLike, q: ArrayLike) -> MomentStatistics:
        """Compute the same sums with r_k(x) = q(z=k) (equation 4.5)."""
        x = self.check_data(x)
        q = arguments.row_distributions("q", q, (len(x), self.components))
        return self._expected_sums(x, q)

    def m_step(self, statistics: MomentStatistics) -> Self:
        """Match the moments of each component, and set π_k = c_k / n (equation 8.8)."""
        counts = statistics.counts
        weights = self.weights if self.fixed_weights else counts / counts.sum()
        return self.match_moments(weights, counts, statistics.sums)

    def expected_log_joint(self, statistics: MomentStatistics) -> float:
        """Evaluate Σ_k (c_k log π_k + ⟨η_k, Σ_x q(z=k) T(x)⟩ − c_k A(η_k)) + Σ_x log h(x)."""
        counts, sums = statistics.counts, statistics.sums
        constants = log_space.times_log(counts, self.weights).sum() + statistics.log_base
        products = np.multiply(
            sums, self.natural_parameters(), out=np.zeros_like(sums), where=sums != 0
        )
        return float(constants + products.sum() - counts @ self.log_partition())

    def expected_statistics(self, counts: FloatArray) -> MomentStatistics:
        """Return c_k E[T] for each component; one toss, or one word, counts as a row here."""
        sums = counts[:, None] * self.mean_parameters()
        return MomentStatistics(counts.sum(), np.nan, np.nan, counts, sums)

    @abstractmethod
    def check_data(self, x: ArrayLike) -> FloatArray:
        """Return the data as an array, after checking that the family can give them.

        Parameters
        ----------
        x : array_like, (n, d)

        Returns
        -------
        array, (n, d)

        Raises
        ------
        ValueError
            ``x`` is not what the class describes.
        """

    def sufficient_statistics(self, x: FloatArray) -> FloatArray:
        """Compute T(x) of every row; x itself by default.

        Parameters
        ----------
        x : array, (n, d)

        Returns
        -------
        array, (n, p)
        """
        return x

    def log_base_measure(self, x: FloatArray) -> FloatArray:
        """Compute log h(x) of every row; 0 by default.

        Parameters
        ----------
        x : array, (n, d)

        Returns
        -------
        array, (n,)
        """
        return np.zeros(len(x))

    @abstractmethod
    def natural_parameters(self) -> FloatArray:
        """Return η_k of every component, (K, p)."""

    def log_partition(self) -> FloatArray:
        """Return A(η_k) of every component, (K,); 0 by default."""
        return np.zeros(self.components)

    @abstractmethod
    def mean_parameters(self) -> FloatArray:
        """Return E[T(x)] of every component, (K, p)."""

    @abstractmethod
    def match_moments(self, weights: FloatArray, counts: FloatArray, sums: FloatArray) -> Self:
        """Return the mixture whose components have given moments.

        Parameters
        ----------
        weights, counts : array, (K,)
            π_k, and the expected number of rows from each component.
        sums : array, (K, p)
            Σ_x q(z=k) T(x).

        Returns
        -------
        ExponentialFamilyMixture
            Of this class, with the present one's pseudo-counts and fixed weights.

        Raises
        ------
        DegenerateComponent
            A component has no responsibility, so its moments are 0 / 0.
        """

    def _log_joint(self, sufficient: FloatArray) -> FloatArray:
        """⟨η_k, T(x)⟩ − A(η_k) + log π_k, without log h(x)."""
        products = log_space.linear_in_logs(sufficient, self.natural_parameters().T)
        return products + (log_space.log(self.weights) - self.log_partition())

    def _expected_sums(self, x: FloatArray, q: FloatArray | None) -> MomentStatistics:
        """Sum over blocks of rows, at the posterior if q is None."""
        total = None
        size = family_block_rows(self.components, self.natural_parameters().shape[1])
        for block in row_blocks(len(x), size):
            sufficient = self.sufficient_statistics(x[block])
            log_base = float(self.log_base_measure(x[block]).sum())
            if q is None:
                r, log_density = log_space.normalise(self._log_joint(sufficient), block.start)
                log_likelihood = float(log_density.sum() + log_base)
            else:
                r, log_likelihood = q[block], np.nan
            part = MomentStatistics(
                len(sufficient), log_likelihood, log_base, r.sum(axis=0), r.T @ sufficient
            )
            total = part if total is None else total + part
        assert total is not None
        return total
