"""Mixtures of one exponential family: one E-step and one M-step for all of them.

log p(x, z=k; θ) = ⟨η_k, T(x)⟩ − A(η_k) + log h(x) + log π_k. The expected log-joint depends on the
data through c_k = Σ_x q(z=k) and Σ_x q(z=k) T(x) alone, and is largest where each component's
E[T] equals that of Q_k: moments are matched. A family says T, log h, η and A, and how its
parameters follow from moments.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from em_helpers import arguments
from em_helpers.models import log_space
from em_helpers.models.mixture import DegenerateComponent, ImpossibleRow, normalise
from em_helpers.models.statistics import MomentStatistics

BLOCK = 2**17
"""Entries of T(x) or of log p(x, z) that one block of an E-step holds."""

THIN = 2**18
"""Multiplications in a block's matrix product that OpenBLAS does in one thread. Thin products gain
nothing by threads, and wait for them where other programs run."""


@dataclass(frozen=True, eq=False)
class FamilyMixture:
    """The mixture Σ_k π_k h(x) exp(⟨η_k, T(x)⟩ − A(η_k)).

    A subclass gives ``_checked`` (its data), ``_sufficient`` (T), ``_log_base`` (log h),
    ``_natural`` (η), ``_log_partition`` (A), ``_means`` (E[T]) and ``_matched`` (moments to θ).

    Notes
    -----
    Sundberg (1974), Scandinavian Journal of Statistics 1, 49-58; Dempster, Laird and Rubin
    (1977), section 2; McLachlan and Krishnan (2008), The EM Algorithm and Extensions, Wiley,
    section 1.5.
    """

    weights: np.ndarray

    forms: ClassVar[dict] = {}
    fixed_weights = False

    @property
    def components(self):
        """K."""
        return self.weights.size

    def log_joint(self, x):
        """log p(x, z=k; θ), with every factor that does not depend on θ (equation 8.2).

        Parameters
        ----------
        x : array_like, (n, d)
            As the class describes it.

        Returns
        -------
        array, (n, K)
            −inf where component k cannot give the row.

        Raises
        ------
        ValueError
            ``x`` is not what the class describes.
        """
        x = self._checked(x)
        return self._log_joint(self._sufficient(x)) + self._log_base(x)[:, None]

    def e_step(self, x):
        """Expected sufficient statistics at the posterior.

        Parameters
        ----------
        x : array_like, (n, d)
            As the class describes it.

        Returns
        -------
        MomentStatistics

        Raises
        ------
        ValueError
            ``x`` is not what the class describes, or a row has density 0.
        """
        return self._gather(self._checked(x), None)

    def statistics(self, x, q):
        """The same statistics at any q (equation 4.5).

        Parameters
        ----------
        x : array_like, (n, d)
            As the class describes it.
        q : array_like, (n, K)
            A distribution over the components in each row.

        Returns
        -------
        MomentStatistics
            Its log-likelihood is NaN: q need not be the posterior.

        Raises
        ------
        ValueError
            ``x`` is not what the class describes, or ``q`` not a distribution in each row.
        """
        x = self._checked(x)
        return self._gather(x, arguments.row_distributions("q", q, (len(x), self.components)))

    def m_step(self, statistics):
        """The parameters whose moments are those of Q_k, and π_k = c_k / n (equation 8.8).

        Parameters
        ----------
        statistics : MomentStatistics

        Returns
        -------
        a mixture of this class

        Raises
        ------
        DegenerateComponent
            A component without responsibility, whose moments are 0 / 0.
        """
        counts = statistics.counts
        weights = self.weights if self.fixed_weights else counts / counts.sum()
        return self._matched(weights, counts, statistics.sums)

    def log_prior(self):
        """log p(θ) up to a constant; 0 without pseudo-counts.

        Returns
        -------
        float
        """
        return 0.0

    def expected_log_joint(self, statistics):
        """E_q[log p(x, z; θ)], summed over the rows that the statistics stand for.

        Parameters
        ----------
        statistics : MomentStatistics

        Returns
        -------
        float
            −inf where q holds possible what θ excludes.
        """
        counts, sums = statistics.counts, statistics.sums
        matched = log_space.times_log(counts, self.weights).sum() + statistics.log_base
        natural = self._natural()
        products = np.multiply(sums, natural, out=np.zeros_like(sums), where=sums != 0)
        return float(matched + products.sum() - counts @ self._log_partition())

    def expected_statistics(self, counts):
        """What some cases from each component give on average, a fixed point of the M-step.

        Parameters
        ----------
        counts : array, (K,)
            Cases from each component; the weights themselves for one row in all.

        Returns
        -------
        MomentStatistics
            A case of binomials or multinomials is one toss or one word here.
        """
        sums = counts[:, None] * self._means()
        return MomentStatistics(counts.sum(), np.nan, np.nan, counts, sums)

    def _log_joint(self, sufficient):
        log_joint = log_space.linear_in_logs(sufficient, self._natural().T)
        return log_joint + (log_space.log(self.weights) - self._log_partition())

    def _gather(self, x, q):
        """Sums over blocks of rows, the posterior taking q's place where q is None."""
        total = None
        size = rows_of_a_block(self.components, self._natural().shape[1])
        for start in range(0, len(x), size):
            block = slice(start, start + size)
            sufficient, log_base = self._sufficient(x[block]), self._log_base(x[block]).sum()
            if q is None:
                try:
                    r, log_density = normalise(self._log_joint(sufficient))
                except ImpossibleRow as error:
                    raise ImpossibleRow(start + error.row) from None
                log_likelihood = float(log_density.sum() + log_base)
            else:
                r, log_likelihood = q[block], np.nan
            part = MomentStatistics(
                len(sufficient), log_likelihood, float(log_base), r.sum(axis=0), r.T @ sufficient
            )
            total = part if total is None else total + part
        return total

    @classmethod
    def _from(cls, anywhere, x, q):
        """The M-step on q of a model whose own parameters do not matter."""
        return anywhere.m_step(anywhere.statistics(x, q))


def rows_of_a_block(components, parameters):
    """How many rows an E-step takes at a time.

    Parameters
    ----------
    components, parameters : int
        K, and the entries of T(x).

    Returns
    -------
    int
        As many as BLOCK allows; fewer if the products are thin then and four rows or more are left.
    """
    rows = max(1, BLOCK // max(components, parameters))
    thin = THIN // (components * parameters)
    return min(rows, thin) if thin >= 4 else rows


def refuse_empty(totals, what):
    """See that every component has something to take moments of.

    Parameters
    ----------
    totals : array, (K,)
    what : str
        What the totals count, for the message.

    Raises
    ------
    DegenerateComponent
    """
    if not (totals > 0).all():
        k = int(np.argmin(totals))
        raise DegenerateComponent(
            f"component {k} is expected to hold no {what} ({totals[k]:.3g}), so its parameters are "
            f"0/0; start it nearer to the data, fit fewer components, or add pseudo-counts."
        )
