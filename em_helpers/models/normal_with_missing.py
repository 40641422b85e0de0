"""The multivariate normal with missing data: z is the entries that were not recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log, pi
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.models.cholesky import cholesky
from em_helpers.models.errors import DegenerateComponent
from em_helpers.models.gaussian_q import GaussianQ
from em_helpers.models.gaussian_statistics import GaussianStatistics
from em_helpers.models.model import Model, freeze_parameters


@dataclass(frozen=True, eq=False)
class NormalWithMissing(Model[GaussianStatistics]):
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
    11.2; Orchard and Woodbury (1972). Statistics are those of a Gaussian mixture with K = 1: every
    missing entry is replaced by its conditional mean, and the conditional covariance of the
    missing entries is added to their second moment.
    """

    mean: FloatArray
    covariance: FloatArray
    fixed_mean: bool = False

    forms: ClassVar = {"mean": "free", "covariance": "symmetric"}

    def __post_init__(self) -> None:
        covariance = arguments.rows("covariance", self.covariance)
        mean = arguments.table("mean", self.mean, covariance.shape[:1], "one per row of covariance")
        arguments.table("covariance", covariance, (mean.size, mean.size), "one row per column of x")
        arguments.symmetric("covariance", covariance)
        cholesky("covariance", covariance[None])
        freeze_parameters(self, mean=mean, covariance=covariance)

    @property
    def fixed(self) -> frozenset[str]:
        """The names of the parameters that the M-step does not change."""
        return frozenset({"mean"} if self.fixed_mean else ())

    @classmethod
    def from_observed(cls, x: ArrayLike) -> Self:
        """Start from the means and variances of the entries that were observed.

        Parameters
        ----------
        x : array_like, (n, d)

        Returns
        -------
        NormalWithMissing
            Its covariance is diagonal; variances are divided by the number of observed entries.

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

    def posterior(self, x: ArrayLike) -> GaussianQ:
        """Compute p(missing | observed; θ) of every row (equations 9.16 and 9.19).

        Parameters
        ----------
        x : array_like, (n, d)
            NaN marks what is missing.

        Returns
        -------
        GaussianQ
            Its means are x with the gaps filled.

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
        return GaussianQ(np.where(missing, means, x), covariances, missing)

    def e_step(self, x: ArrayLike) -> GaussianStatistics:
        """Compute expected moments about the current mean, given what was observed (9.20)."""
        x = arguments.rows_with_gaps("x", x, columns=self.mean.size)
        d = self.mean.size
        log_likelihood, first, second = 0.0, np.zeros(d), np.zeros((d, d))
        for rows, filled, conditional, log_density in self._patterns(x):
            log_likelihood += log_density
            first += filled.sum(axis=0)
            second += filled.T @ filled + len(rows) * conditional
        return self._statistics(len(x), log_likelihood, first, second)

    def statistics(self, x: ArrayLike, q: GaussianQ) -> GaussianStatistics:
        """Compute the same moments at any Gaussian q over the missing entries."""
        x = arguments.rows_with_gaps("x", x, columns=self.mean.size)
        if not np.array_equal(np.isnan(x), q.latent):
            raise ValueError("q.latent is not where x is NaN; q is over the missing entries.")
        deviations = np.where(q.latent, q.means, x) - self.mean
        pairs = q.latent[:, :, None] & q.latent[:, None, :]
        second = deviations.T @ deviations + np.where(pairs, q.covariances, 0.0).sum(axis=0)
        return self._statistics(len(x), np.nan, deviations.sum(axis=0), second)

    def m_step(self, statistics: GaussianStatistics) -> Self:
        """Set μ = E[x] and Σ = E[(x − μ)(x − μ)ᵀ], averaged over rows (equation 9.21)."""
        if self.fixed_mean:
            means, scatter = self.mean[None], statistics.about(self.mean[None]).second
        else:
            means, scatter = statistics.means_and_scatter()
        covariance = scatter[0] / statistics.counts[0]
        try:
            return type(self)(means[0], (covariance + covariance.T) / 2, self.fixed_mean)
        except ValueError as error:
            raise DegenerateComponent(
                f"the M-step has no maximum: {error} Use more rows than columns."
            ) from None

    def expected_log_joint(self, statistics: GaussianStatistics) -> float:
        """Evaluate −½ (n log |2πΣ| + tr(Σ⁻¹ S)), with S the scatter about μ."""
        second = statistics.about(self.mean[None]).second[0]
        log_determinant = np.linalg.slogdet(2 * pi * self.covariance)[1]
        spread = np.trace(np.linalg.solve(self.covariance, second))
        return float(-0.5 * (statistics.counts[0] * log_determinant + spread))

    def expected_row_statistics(self) -> GaussianStatistics:
        """Return the statistics of one complete row drawn from the model."""
        return self._statistics(1, np.nan, np.zeros(self.mean.size), self.covariance)

    def sample(self, rng: np.random.Generator, n: int) -> FloatArray:
        """Draw n complete rows, (n, d)."""
        noise = rng.standard_normal((n, self.mean.size))
        return self.mean + noise @ np.linalg.cholesky(self.covariance).T

    def _patterns(
        self, x: FloatArray
    ) -> Iterator[tuple[NDArray[np.intp], FloatArray, FloatArray, float]]:
        """Condition the rows of each pattern of gaps on what was observed.

        Yields the rows' numbers, their deviations from μ with the gaps filled, the gaps'
        conditional covariance, and the log density of what was observed. With Σ_oo = L Lᵀ,
        A = L⁻¹ Σ_om and w = L⁻¹ (x_o − μ_o), the gaps' conditional mean is μ_m + Aᵀ w, and their
        conditional covariance Σ_mm − Aᵀ A.
        """
        patterns, pattern_of_row = np.unique(np.isnan(x), axis=0, return_inverse=True)
        for pattern, missing in enumerate(patterns):
            rows = np.flatnonzero(pattern_of_row.ravel() == pattern)
            observed, gaps = np.flatnonzero(~missing), np.flatnonzero(missing)
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

    def _statistics(
        self, rows: int, log_likelihood: float, first: FloatArray, second: FloatArray
    ) -> GaussianStatistics:
        return GaussianStatistics(
            rows, log_likelihood, np.array([float(rows)]), self.mean[None], first[None],
            second[None],
        )  # fmt: skip
