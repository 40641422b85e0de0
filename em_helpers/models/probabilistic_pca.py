"""Probabilistic principal components: x = μ + W z + noise, with z ~ N(0, I) in L dimensions."""

from dataclasses import dataclass, replace
from math import log, pi
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.models.cholesky import positive_variances
from em_helpers.models.errors import DegenerateComponent
from em_helpers.models.gaussian_q import GaussianQ
from em_helpers.models.model import Model, freeze_parameters
from em_helpers.models.statistics import CentredStatistics


@dataclass(frozen=True, eq=False)
class FactorStatistics(CentredStatistics):
    """Expected products of data and factors, about one centre.

    Attributes
    ----------
    squares : float
        Σ ‖x − m‖².
    factors : array, (L + 1, L + 1)
        Σ E[u uᵀ] with u = (z, 1).
    cross : array, (d, L + 1)
        Σ (x − m) E[u]ᵀ.
    centre : array, (d,)
        m.
    """

    squares: float
    factors: FloatArray
    cross: FloatArray
    centre: FloatArray

    def _moved_to(self, centre: FloatArray) -> Self:
        """About m' = m − s, ‖x − m'‖² gains 2 sᵀ(x − m) + ‖s‖²."""
        shift = self.centre - centre
        return replace(
            self,
            squares=float(self.squares + 2 * shift @ self.cross[:, -1] + self.rows * shift @ shift),
            cross=self.cross + np.outer(shift, self.factors[-1]),
            centre=centre,
        )


@dataclass(frozen=True, eq=False)
class ProbabilisticPCA(Model[FactorStatistics]):
    """x given z is N(μ + W z, σ² I), so x is N(μ, W Wᵀ + σ² I) (equations 10.25 and 10.26).

    Parameters
    ----------
    mean : array_like, (d,)
        μ, in the units of x.
    loadings : array_like, (d, L)
        W, in the units of x.
    variance : float
        σ² > 0, in the units of x squared.

    Raises
    ------
    ValueError
        Shapes that do not fit together, a variance that is not positive.

    Notes
    -----
    Tipping and Bishop (1999), Journal of the Royal Statistical Society B 61, 611-622. W is known
    up to a rotation of z (equation 10.29).
    """

    mean: FloatArray
    loadings: FloatArray
    variance: float

    forms: ClassVar = {"mean": "free", "loadings": "free", "variance": "free"}

    def __post_init__(self) -> None:
        loadings = arguments.rows("loadings", self.loadings)
        mean = arguments.table("mean", self.mean, loadings.shape[:1], "one per row of the loadings")
        variance = arguments.table("variance", self.variance, (), "one number")
        positive_variances("variance", variance)
        freeze_parameters(self, mean=mean, loadings=loadings, variance=variance)

    @classmethod
    def closed_form(cls, x: ArrayLike, factors: int) -> Self:
        """Maximise the likelihood by one eigendecomposition (equation 10.30).

        Parameters
        ----------
        x : array_like, (n, d)
            The eigenvalues are those of its covariance, divided by n.
        factors : int
            L < d.

        Returns
        -------
        ProbabilisticPCA
            σ² is the mean of the d − L smallest eigenvalues; W the leading eigenvectors, each
            times √(λ − σ²).

        Raises
        ------
        ValueError
            ``x`` is not a finite table, L is not between 1 and d − 1, or the data lie in L
            dimensions, where the likelihood is unbounded.
        """
        x = arguments.rows("x", x)
        d = x.shape[1]
        if not 1 <= factors < d:
            raise ValueError(f"factors is {factors}; 1 to {d - 1} were expected for {d} columns.")
        mean = x.mean(axis=0)
        deviations = x - mean
        values, vectors = np.linalg.eigh(deviations.T @ deviations / len(x))
        variance = values[: d - factors].mean()
        positive_variances("the variance left over", variance)
        leading = vectors[:, d - factors :][:, ::-1]
        scales = np.sqrt(np.maximum(values[d - factors :][::-1] - variance, 0.0))
        return cls(mean, leading * scales, variance)

    @property
    def covariance(self) -> FloatArray:
        """W Wᵀ + σ² I, the covariance of x: (d, d)."""
        return self.loadings @ self.loadings.T + self.variance * np.eye(self.mean.size)

    @property
    def redundant_parameters(self) -> int:
        """L(L − 1)/2, the number of free numbers in the loadings that only rotate z."""
        dims = self.loadings.shape[1]
        return dims * (dims - 1) // 2

    def posterior(self, x: ArrayLike) -> GaussianQ:
        """Compute p(z | x; θ) = N(M⁻¹Wᵀ(x − μ), σ²M⁻¹) with M = WᵀW + σ² I (equation 10.27).

        Parameters
        ----------
        x : array_like, (n, d)

        Returns
        -------
        GaussianQ
            Its covariance is the same for every row.

        Raises
        ------
        ValueError
            ``x`` is not a finite table of d columns.
        """
        return self._posterior(self._deviations(x))

    def e_step(self, x: ArrayLike) -> FactorStatistics:
        """Compute the expected products of data and factors at the posterior."""
        deviations = self._deviations(x)
        q = self._posterior(deviations)
        residuals = deviations - q.means @ self.loadings.T
        d, dims = self.loadings.shape
        log_determinant = (d - dims) * log(self.variance)
        log_determinant += np.linalg.slogdet(self._precision())[1]
        distances = (residuals**2).sum() / self.variance + (q.means**2).sum()
        log_likelihood = -0.5 * (len(deviations) * (d * log(2 * pi) + log_determinant) + distances)
        return self._sums(deviations, q, float(log_likelihood))

    def statistics(self, x: ArrayLike, q: GaussianQ) -> FactorStatistics:
        """Compute the same products at any Gaussian q."""
        deviations = self._deviations(x)
        shape = (len(deviations), self.loadings.shape[1])
        arguments.table("q.means", q.means, shape, "one row per case and one column per factor")
        return self._sums(deviations, q, np.nan)

    def m_step(self, statistics: FactorStatistics) -> Self:
        """Least squares of x on u = (z, 1): (W, μ) = C U⁻¹, and σ² the mean squared residual.

        C and U are the statistics' cross and factors. With μ at the mean of the data, W and σ² are
        equation 10.31.
        """
        solution = np.linalg.solve(statistics.factors, statistics.cross.T).T
        residual = statistics.squares - (solution * statistics.cross).sum()
        variance = residual / (statistics.rows * self.mean.size)
        try:
            return type(self)(statistics.centre + solution[:, -1], solution[:, :-1], variance)
        except ValueError as error:
            raise DegenerateComponent(
                f"the M-step has no maximum: {error} The data lie in fewer dimensions than the "
                f"factors; use fewer factors."
            ) from None

    def expected_log_joint(self, statistics: FactorStatistics) -> float:
        """Evaluate −½ E_q[‖x − μ − W z‖² / σ² + ‖z‖² + d log 2πσ² + L log 2π], summed over rows."""
        statistics = statistics.about(self.mean)
        d, dims = self.loadings.shape
        second = statistics.factors[:-1, :-1]
        residual = (
            statistics.squares
            - 2 * (self.loadings * statistics.cross[:, :-1]).sum()
            + np.sum((self.loadings @ second) * self.loadings)
        )
        constants = d * log(2 * pi * self.variance) + dims * log(2 * pi)
        return float(
            -0.5 * (statistics.rows * constants + residual / self.variance + np.trace(second))
        )

    def expected_row_statistics(self) -> FactorStatistics:
        """Return the expected products of one row drawn from the model."""
        dims = self.loadings.shape[1]
        cross = np.column_stack([self.loadings, np.zeros(self.mean.size)])
        squares = float(np.trace(self.covariance))
        return FactorStatistics(1, np.nan, squares, np.eye(dims + 1), cross, self.mean)

    def sample(self, rng: np.random.Generator, n: int) -> tuple[FloatArray, FloatArray]:
        """Draw n rows with their factors.

        Returns
        -------
        x : array, (n, d)
        z : array, (n, L)
        """
        z = rng.standard_normal((n, self.loadings.shape[1]))
        noise = rng.standard_normal((n, self.mean.size)) * self.variance**0.5
        return self.mean + z @ self.loadings.T + noise, z

    def _deviations(self, x: ArrayLike) -> FloatArray:
        return arguments.rows("x", x, columns=self.mean.size) - self.mean

    def _posterior(self, deviations: FloatArray) -> GaussianQ:
        precision = self._precision()
        means = np.linalg.solve(precision, self.loadings.T @ deviations.T).T
        return GaussianQ(means, self.variance * np.linalg.inv(precision))

    def _precision(self) -> FloatArray:
        """M = WᵀW + σ² I, the posterior precision times σ²."""
        return self.loadings.T @ self.loadings + self.variance * np.eye(self.loadings.shape[1])

    def _sums(
        self, deviations: FloatArray, q: GaussianQ, log_likelihood: float
    ) -> FactorStatistics:
        rows, dims = q.means.shape
        with_one = np.column_stack([q.means, np.ones(rows)])
        factors = with_one.T @ with_one
        factors[:dims, :dims] += q.covariances.sum(axis=0)
        squares, cross = float((deviations**2).sum()), deviations.T @ with_one
        return FactorStatistics(rows, log_likelihood, squares, factors, cross, self.mean)
