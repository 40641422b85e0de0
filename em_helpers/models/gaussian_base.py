"""What Gaussian mixtures share whatever their covariances' form: everything but Σ itself.

Inside, arrays have the component first and the rows last, and rows are taken some thousands at a
time, so that every temporary stays in the processor's cache and memory does not grow with n.
"""

import operator
from dataclasses import dataclass
from math import isfinite, log, pi
from typing import ClassVar

import numpy as np

from em_helpers import arguments
from em_helpers.models import log_space
from em_helpers.models.gaussian_prior import GaussianPrior
from em_helpers.models.gaussian_statistics import GaussianStatistics
from em_helpers.models.mixture import DegenerateComponent, ImpossibleRow, normalise_columns

EPSILON = np.finfo(float).eps
TINY = np.finfo(float).tiny

COLLAPSED = 1e-14
"""The share of a variance below which what is left of it is rounding."""

SHRUNK = 1e-3
"""By how much log |Σ|^½ falls in a step after which a collapse is looked for."""

BLOCK = 2**14
"""Rows times the larger of d and K that one block of an E-step holds, by measurement."""


@dataclass(frozen=True, eq=False)
class GaussianBase:
    """The mixture Σ_k π_k N(x; μ_k, Σ_k), for a subclass that says what form Σ_k has.

    A subclass gives ``shared`` (one Σ for all, in its form), ``_factorise`` (Σ to what
    ``_distances`` uses, and log |Σ|^½), ``_distances``, ``_second`` (moments), ``_maximum``
    (moments to Σ), ``_quadratic`` (tr Σ_k⁻¹S), ``_pivots`` (variances and 1 / L_ii) and
    ``_matrices`` (Σ in full).
    """

    weights: np.ndarray
    means: np.ndarray
    covariances: np.ndarray
    prior: GaussianPrior | None = None

    forms: ClassVar[dict] = {"weights": "simplex", "means": "free", "covariances": "free"}

    def __post_init__(self):
        weights = arguments.distribution("weights", self.weights)
        means = arguments.rows("means", self.means)
        components, d = weights.size, means.shape[1]
        arguments.table("means", means, (components, d), "one mean a component")
        shape = self.shared(np.eye(d), components).shape
        meaning = f"the form of {type(self).__name__}"
        covariances = arguments.table("covariances", self.covariances, shape, meaning)
        if self.forms["covariances"] == "symmetric":
            arguments.symmetric("covariances", covariances)
        if self.prior is not None:
            self.prior.check(d)
        self._set(weights.copy(), means.copy(), covariances.copy(), self.prior)

    def _set(self, weights, means, covariances, prior):
        """Store θ, and what densities need of it: whitening factors and log constants."""
        d = means.shape[1]
        factors, log_volumes = self._factorise(covariances, d)
        constants = log_space.log(weights) - (log_volumes + 0.5 * d * log(2 * pi))
        for array in (weights, means, covariances):
            array.setflags(write=False)
        self.__dict__.update(
            weights=weights,
            means=means,
            covariances=covariances,
            prior=prior,
            _factors=factors,
            _log_volumes=log_volumes,
            _constants=constants[:, None],
        )
        return self

    @classmethod
    def from_responsibilities(cls, x, q, prior=None):
        """The M-step on responsibilities from anywhere: a start, or a fit to known labels.

        Parameters
        ----------
        x : array_like, (n, d)
        q : array_like, (n, K)
            A distribution over the components in each row.
        prior : GaussianPrior, optional

        Returns
        -------
        a mixture of this class

        Raises
        ------
        ValueError
            ``x`` is not a finite table, or ``q`` not a distribution in each row.
        DegenerateComponent
            A component without responsibility, or without spread where it needs some.
        """
        x, q = arguments.rows("x", x), arguments.rows("q", q)
        q = arguments.row_distributions("q", q, (x.shape[0], q.shape[1]))
        components, d = q.shape[1], x.shape[1]
        anywhere = cls(
            np.full(components, 1 / components),
            np.tile(x.mean(axis=0), (components, 1)),
            cls.shared(np.eye(d), components),
            prior,
        )
        return anywhere.m_step(anywhere.statistics(x, q))

    @property
    def theta(self):
        """θ as the exercises take it: the tuple (weights, means, covariances)."""
        return self.weights, self.means, self.covariances

    @property
    def components(self):
        """K."""
        return self.weights.size

    def log_joint(self, x):
        """log p(x, z=k; θ) = log π_k + log N(x; μ_k, Σ_k) (equation 3.8).

        Parameters
        ----------
        x : array_like, (n, d)

        Returns
        -------
        array, (n, K)

        Raises
        ------
        ValueError
            ``x`` is not a finite table of d columns.
        """
        x = arguments.rows("x", x, columns=self.means.shape[1])
        result = np.empty((x.shape[0], self.components))
        for block in self._blocks(x):
            result[block] = self._log_joint(self._deviations(x[block], self.means)).T
        return result

    def e_step(self, x):
        """Expected sufficient statistics at the posterior, about the current means.

        Where the data move a mean by a hundred standard deviations or more, the moments are taken
        about the moved mean, because those about the old one would cancel.

        Parameters
        ----------
        x : array_like, (n, d)

        Returns
        -------
        GaussianStatistics
            With the log-likelihood of ``x``, which the posterior's constant gives for nothing.

        Raises
        ------
        ValueError
            ``x`` is not a finite table of d columns, or a row has density 0.
        """
        x = arguments.unchecked_rows("x", x, columns=self.means.shape[1])
        return self._gather(x, None)

    def statistics(self, x, q):
        """The same statistics at any q, for partial and hard E-steps (equation 4.5).

        Parameters
        ----------
        x : array_like, (n, d)
        q : array_like, (n, K)
            A distribution over the components in each row.

        Returns
        -------
        GaussianStatistics
            Its log-likelihood is NaN: q need not be the posterior.

        Raises
        ------
        ValueError
            ``x`` is not a finite table of d columns, or ``q`` not a distribution in each row.
        """
        x = arguments.rows("x", x, columns=self.means.shape[1])
        q = arguments.row_distributions("q", q, (x.shape[0], self.components))
        return self._gather(x, q)

    def m_step(self, statistics):
        """The parameters that maximise the expected log-joint, or its sum with the log prior.

        Parameters
        ----------
        statistics : GaussianStatistics

        Returns
        -------
        a mixture of this class

        Raises
        ------
        DegenerateComponent
            A component without responsibility, or whose points do not spread in d dimensions.

        Notes
        -----
        Weights are equation 4.9, means equation 4.15.
        """
        counts = statistics.counts
        if not min(counts.tolist()) > 0:
            k = int(np.argmin(counts))
            raise DegenerateComponent(
                f"component {k} has no responsibility left (c_{k} = {counts[k]:.3g}), so its mean "
                f"is 0/0; start it nearer to the data, or fit fewer components."
            )
        weights = counts if self.prior is None else self.prior.weighted(counts)
        means, scatter = statistics.central()
        covariances = self._maximum(scatter, counts)
        try:
            following = object.__new__(type(self))._set(
                weights / sum(weights.tolist()), means, covariances, self.prior
            )
            if np.count_nonzero(following._log_volumes < self._log_volumes - SHRUNK):
                following._refuse_collapse()
        except ValueError as error:
            raise DegenerateComponent(
                f"the M-step has no maximum: {error} The likelihood is unbounded there; use "
                f"another start, fewer components or a prior."
            ) from None
        return following

    def log_prior(self):
        """log p(θ) up to a constant; 0 without a prior.

        Returns
        -------
        float
        """
        if self.prior is None:
            return 0.0
        return self.prior.log_density(self.weights, self._matrices(), self._log_volumes)

    def expected_log_joint(self, statistics):
        """E_q[log p(x, z; θ)], summed over the rows that the statistics stand for (equation 4.2).

        Parameters
        ----------
        statistics : GaussianStatistics

        Returns
        -------
        float
            −inf where a component of weight 0 has responsibility.

        Notes
        -----
        Dempster, Laird and Rubin (1977), section 2: the function Q(θ | θ_t).
        """
        second = statistics.about(self.means).second
        spread = sum(self._quadratic(k, second[k]) for k in range(self.components))
        present = statistics.counts > 0
        return float(statistics.counts[present] @ self._constants[present, 0] - 0.5 * spread)

    def expected_statistics(self, counts):
        """What some cases from each component give on average, a fixed point of the M-step.

        Parameters
        ----------
        counts : array, (K,)
            Cases from each component; the weights themselves for one row in all.

        Returns
        -------
        GaussianStatistics
        """
        second = self._matrices()
        if self._diagonal:
            second = second.diagonal(axis1=1, axis2=2)
        second = (counts * second.T).T
        return GaussianStatistics(
            counts.sum(), np.nan, counts, self.means, np.zeros_like(self.means), second
        )

    def sample(self, rng, n):
        """Draw n cases with their components: z from π, then x from N(μ_z, Σ_z) (equation 1.15).

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
        noise = rng.standard_normal((n, self.means.shape[1]))
        factors = np.linalg.cholesky(self._matrices())
        return self.means[z] + np.einsum("nij,nj->ni", factors[z], noise), z

    def _refuse_collapse(self):
        """See that no variance is a rounding error, of its coordinate or of its mean.

        What is left of coordinate i's variance after the coordinates before it have explained
        theirs is the pivot (L_k)²_ii.
        """
        variances, inverse_pivots = self._pivots()
        floors = COLLAPSED * variances + (2 * EPSILON * self.means) ** 2
        collapsed = floors * inverse_pivots**2 > 1
        if np.count_nonzero(collapsed):
            k, i = np.argwhere(collapsed)[0]
            raise ValueError(
                f"component {k} has collapsed: given the coordinates before it, its coordinate {i} "
                f"has no variance beyond rounding, because its points lie on fewer than d + 1 "
                f"distinct places, or a column repeats others."
            )

    def _blocks(self, x):
        size = max(64, BLOCK // max(self.means.shape))
        return (slice(start, start + size) for start in range(0, x.shape[0], size))

    def _deviations(self, x, centre):
        """x − m_k with the component first and the rows last: (K, d, n)."""
        return np.ascontiguousarray(x.T, dtype=float) - centre[:, :, None]

    def _log_joint(self, deviations):
        """(K, n), from the squared Mahalanobis distances."""
        log_joint = self._distances(deviations)
        log_joint *= -0.5
        log_joint += self._constants
        return log_joint

    def _gather(self, x, q):
        statistics = self._sums(x, q, self.means)
        if statistics.cancels():
            counts = np.maximum(statistics.counts, TINY)
            statistics = self._sums(x, q, statistics.centre + statistics.first / counts[:, None])
        return statistics

    def _sums(self, x, q, centre):
        """Sums over the blocks of x, the posterior taking q's place where q is None."""
        totals = None
        for block in self._blocks(x):
            deviations = self._deviations(x[block], self.means)
            if q is None:
                if not isfinite(np.vdot(deviations[0], deviations[0])):
                    arguments.rows("x", x)
                try:
                    r, log_density = normalise_columns(self._log_joint(deviations))
                except ImpossibleRow as error:
                    raise ImpossibleRow(block.start + error.row) from None
                log_density = np.add.reduce(log_density)
            else:
                r, log_density = q[block].T, np.nan
            if centre is not self.means:
                deviations = self._deviations(x[block], centre)
            weighted = r[:, None, :] * deviations
            first = np.add.reduce(weighted, axis=2)
            second = self._second(r, weighted, deviations)
            part = log_density, np.add.reduce(r, axis=1), first, second
            totals = part if totals is None else tuple(map(operator.add, totals, part))
        log_likelihood, counts, first, second = totals
        return GaussianStatistics(x.shape[0], float(log_likelihood), counts, centre, first, second)
