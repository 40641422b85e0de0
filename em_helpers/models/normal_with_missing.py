"""One multivariate normal, of whose data some entries were not recorded: they are z."""

from dataclasses import dataclass
from math import log, pi

import numpy as np

from em_helpers import arguments
from em_helpers.models.cholesky import cholesky
from em_helpers.models.gaussian_posterior import GaussianPosterior
from em_helpers.models.gaussian_statistics import GaussianStatistics
from em_helpers.models.immutable import keep
from em_helpers.models.mixture import DegenerateComponent


@dataclass(frozen=True, eq=False)
class NormalWithMissing:
    """x ~ N(μ, Σ) in d dimensions; NaN marks an entry that is missing at random.

    Parameters
    ----------
    mean : array_like, (d,)
        μ, in the units of x.
    covariance : array_like, (d, d)
        Σ, symmetric and positive definite.
    fixed_mean : bool
        Keep μ in the M-step.

    Raises
    ------
    ValueError
        Shapes that do not fit together, a covariance that is not symmetric or not positive
        definite.

    Notes
    -----
    Little and Rubin (2019), Statistical Analysis with Missing Data, 3rd edition, Wiley, section
    11.2; Orchard and Woodbury (1972). Statistics are those of a Gaussian mixture with K = 1, with
    every missing entry replaced by its conditional mean, and the second moment of the missing
    entries enlarged by their conditional covariance.
    """

    mean: np.ndarray
    covariance: np.ndarray
    fixed_mean: bool = False

    def __post_init__(self):
        covariance = arguments.rows("covariance", self.covariance)
        mean = arguments.table("mean", self.mean, covariance.shape[:1], "one a row of covariance")
        arguments.table("covariance", covariance, (mean.size, mean.size), "one row a column of x")
        arguments.symmetric("covariance", covariance)
        cholesky("covariance", covariance[None])
        keep(self, mean=mean, covariance=covariance)

    @property
    def forms(self):
        """The form of each parameter that is free."""
        free = {} if self.fixed_mean else {"mean": "free"}
        return {**free, "covariance": "symmetric"}

    @classmethod
    def from_observed(cls, x):
        """The usual start: means and variances of the entries that were observed.

        Parameters
        ----------
        x : array_like, (n, d)

        Returns
        -------
        NormalWithMissing
            Its covariance is diagonal, variances divided by the number observed.

        Raises
        ------
        ValueError
            ``x`` is not a table, or a column has fewer than two different entries.
        """
        x = arguments.rows_with_gaps("x", x)
        observed = ~np.isnan(x)
        counts = observed.sum(axis=0)
        mean = np.where(observed, x, 0.0).sum(axis=0) / np.maximum(counts, 1)
        squares = np.where(observed, (x - mean) ** 2, 0.0).sum(axis=0)
        if not (squares > 0).all():
            column = int(np.argmin(squares))
            raise ValueError(
                f"column {column} of x holds fewer than two different entries, so it has no "
                f"variance to start from; leave it out."
            )
        return cls(mean, np.diag(squares / counts))

    def posterior(self, x):
        """p(missing | observed; θ) of every row (equations 9.16 and 9.19).

        Parameters
        ----------
        x : array_like, (n, d)
            NaN marks what is missing.

        Returns
        -------
        GaussianPosterior
            Means are x with the gaps filled.

        Raises
        ------
        ValueError
            ``x`` is not a table of d columns, or holds an infinity.
        """
        x = arguments.rows_with_gaps("x", x, columns=self.mean.size)
        means, covariances = np.empty_like(x), np.zeros((*x.shape, x.shape[1]))
        for rows, filled, conditional, _ in self._patterns(x):
            means[rows], covariances[rows] = self.mean + filled, conditional
        missing = np.isnan(x)
        return GaussianPosterior(np.where(missing, means, x), covariances, missing)

    def e_step(self, x):
        """Expected moments about the current mean, given what was observed (equation 9.20).

        Parameters
        ----------
        x : array_like, (n, d)
            NaN marks what is missing.

        Returns
        -------
        GaussianStatistics
            With K = 1; its log-likelihood is that of the observed entries.

        Raises
        ------
        ValueError
            ``x`` is not a table of d columns, or holds an infinity.
        """
        x = arguments.rows_with_gaps("x", x, columns=self.mean.size)
        d = self.mean.size
        log_likelihood, first, second = 0.0, np.zeros(d), np.zeros((d, d))
        for rows, filled, conditional, log_density in self._patterns(x):
            log_likelihood += log_density
            first += filled.sum(axis=0)
            second += filled.T @ filled + len(rows) * conditional
        return self._statistics(len(x), log_likelihood, first, second)

    def statistics(self, x, q):
        """The same moments at any Gaussian q over the missing entries.

        Parameters
        ----------
        x : array_like, (n, d)
            NaN marks what is missing.
        q : GaussianPosterior
            Its ``latent`` must be what is missing.

        Returns
        -------
        GaussianStatistics
            Its log-likelihood is NaN: q need not be the posterior.

        Raises
        ------
        ValueError
            ``x`` as above, or q over other entries than those missing.
        """
        x = arguments.rows_with_gaps("x", x, columns=self.mean.size)
        if not np.array_equal(np.isnan(x), q.latent):
            raise ValueError("q.latent is not where x is NaN; q is over the missing entries.")
        deviations = np.where(q.latent, q.means, x) - self.mean
        both = q.latent[:, :, None] & q.latent[:, None, :]
        second = deviations.T @ deviations + np.where(both, q.covariances, 0.0).sum(axis=0)
        return self._statistics(len(x), np.nan, deviations.sum(axis=0), second)

    def m_step(self, statistics):
        """μ = E[x] and Σ = E[(x − μ)(x − μ)ᵀ], averaged over rows (equation 9.21).

        Parameters
        ----------
        statistics : GaussianStatistics

        Returns
        -------
        NormalWithMissing

        Raises
        ------
        DegenerateComponent
            The filled rows do not spread in d dimensions.
        """
        if self.fixed_mean:
            means, scatter = self.mean[None], statistics.about(self.mean[None]).second
        else:
            means, scatter = statistics.central()
        covariance = scatter[0] / statistics.counts[0]
        try:
            return NormalWithMissing(means[0], (covariance + covariance.T) / 2, self.fixed_mean)
        except ValueError as error:
            raise DegenerateComponent(
                f"the M-step has no maximum: {error} Use more rows than columns."
            ) from None

    def log_prior(self):
        """0: there is no prior.

        Returns
        -------
        float
        """
        return 0.0

    def expected_log_joint(self, statistics):
        """E_q[log p(observed, missing; θ)], summed over the rows of the statistics.

        Parameters
        ----------
        statistics : GaussianStatistics

        Returns
        -------
        float
        """
        second = statistics.about(self.mean[None]).second[0]
        log_determinant = np.linalg.slogdet(2 * pi * self.covariance)[1]
        spread = np.trace(np.linalg.solve(self.covariance, second))
        return float(-0.5 * (statistics.counts[0] * log_determinant + spread))

    def expected_row_statistics(self):
        """What one complete case gives on average: a fixed point of the M-step.

        Returns
        -------
        GaussianStatistics
        """
        return self._statistics(1, np.nan, np.zeros(self.mean.size), self.covariance)

    def sample(self, rng, n):
        """Draw n complete cases.

        Parameters
        ----------
        rng : numpy.random.Generator
        n : int

        Returns
        -------
        array, (n, d)
        """
        noise = rng.standard_normal((n, self.mean.size))
        return self.mean + noise @ np.linalg.cholesky(self.covariance).T

    def _patterns(self, x):
        """For the rows of each pattern of gaps: deviations with the gaps filled, and the rest.

        With Σ_oo = L Lᵀ, A = L⁻¹ Σ_om and w = L⁻¹ (x_o − μ_o), the gaps' conditional mean is
        μ_m + Aᵀ w and their conditional covariance Σ_mm − Aᵀ A.
        """
        patterns, which = np.unique(np.isnan(x), axis=0, return_inverse=True)
        for number, missing in enumerate(patterns):
            rows, observed = np.flatnonzero(which.ravel() == number), np.flatnonzero(~missing)
            gaps = np.flatnonzero(missing)
            factor = np.linalg.cholesky(self.covariance[np.ix_(observed, observed)])
            deviations = x[np.ix_(rows, observed)] - self.mean[observed]
            whitened = np.linalg.solve(factor, deviations.T)
            cross = np.linalg.solve(factor, self.covariance[np.ix_(observed, gaps)])
            filled = np.zeros((len(rows), self.mean.size))
            filled[:, observed] = deviations
            filled[:, gaps] = whitened.T @ cross
            conditional = np.zeros_like(self.covariance)
            conditional[np.ix_(gaps, gaps)] = self.covariance[np.ix_(gaps, gaps)] - cross.T @ cross
            constant = np.log(factor.diagonal()).sum() + 0.5 * len(observed) * log(2 * pi)
            log_density = -0.5 * (whitened**2).sum() - len(rows) * constant
            yield rows, filled, conditional, float(log_density)

    def _statistics(self, rows, log_likelihood, first, second):
        return GaussianStatistics(
            rows, log_likelihood, np.array([float(rows)]), self.mean[None], first[None],
            second[None],
        )  # fmt: skip
