"""The mixture of linear regressions: p(y, z=k | x; θ) = π_k N(y; xᵀβ_k, σ²_k)."""

from dataclasses import dataclass, replace
from math import log, pi
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray, IntArray
from em_helpers.models import log_space
from em_helpers.models.cholesky import positive_variances
from em_helpers.models.errors import DegenerateComponent
from em_helpers.models.mixture import Mixture, MixtureStatistics, require_responsibility
from em_helpers.models.model import freeze_parameters
from em_helpers.models.statistics import CentredStatistics

LEFT_OVER = 1e-4
"""Four digits are lost if least squares leaves less than this share of the squared residuals."""


@dataclass(frozen=True, eq=False)
class RegressionStatistics(CentredStatistics, MixtureStatistics):
    """Weighted products of predictors and residuals, about some coefficients b_k.

    Attributes
    ----------
    counts : array, (K,)
        c_k = Σ q(z=k).
    centre : array, (K, p)
        The coefficients b_k that residuals e = y − xᵀb_k are taken about.
    products : array, (K, p, p)
        Σ q x xᵀ.
    first : array, (K, p)
        Σ q x e.
    second : array, (K,)
        Σ q e².
    """

    counts: FloatArray
    centre: FloatArray
    products: FloatArray
    first: FloatArray
    second: FloatArray

    def least_squares(self) -> tuple[FloatArray, FloatArray]:
        """Solve the weighted least squares of every component.

        Returns
        -------
        coefficients : array, (K, p)
            b + G⁻¹g, with G the products and g the first moment.
        spread : array, (K,)
            The squared residuals that are left, s − gᵀG⁻¹g, with s the second moment.

        Raises
        ------
        numpy.linalg.LinAlgError
            The predictors are linearly dependent.
        """
        step = np.linalg.solve(self.products, self.first[:, :, None])[:, :, 0]
        return self.centre + step, self.second - np.einsum("ki,ki->k", step, self.first)

    def loses_precision(self) -> bool:
        """Tell whether the lines lie so far from the centre that the spread loses four digits.

        They do not if there is no least squares solution.
        """
        try:
            return bool((self.least_squares()[1] < LEFT_OVER * self.second).any())
        except np.linalg.LinAlgError:
            return False

    def _moved_to(self, centre: FloatArray) -> Self:
        """About other coefficients b', residuals lose xᵀ(b' − b)."""
        step = centre - self.centre
        first = self.first - np.einsum("kij,kj->ki", self.products, step)
        second = self.second - np.einsum("ki,ki->k", step, self.first + first)
        return replace(self, centre=centre, first=first, second=second)


@dataclass(frozen=True, eq=False)
class RegressionMixture(Mixture[RegressionStatistics]):
    """A mixture of K regression lines; each row lies about one of them.

    Data have p + 1 columns: the predictors, then the response. No intercept is added; include a
    predictor that is 1 throughout.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    coefficients : array_like, (K, p)
        β_k, in units of the response over those of the predictor.
    variances : array_like, (K,)
        σ²_k > 0, in units of the response squared.

    Raises
    ------
    ValueError
        Weights that are no distribution, shapes that do not fit, a variance that is not positive.

    Notes
    -----
    De Veaux (1989), Computational Statistics and Data Analysis 8, 227-245. Residuals are summed
    about the current lines, so that a small σ is not the difference of large sums.
    """

    weights: FloatArray
    coefficients: FloatArray
    variances: FloatArray

    forms: ClassVar = {"weights": "simplex", "coefficients": "free", "variances": "free"}

    def __post_init__(self) -> None:
        weights = arguments.distribution("weights", self.weights)
        coefficients = arguments.rows("coefficients", self.coefficients)
        shape = (weights.size, coefficients.shape[1])
        arguments.table("coefficients", coefficients, shape, "one row per component")
        variances = arguments.table("variances", self.variances, weights.shape, "one per component")
        positive_variances("variances", variances)
        freeze_parameters(self, weights=weights, coefficients=coefficients, variances=variances)

    @classmethod
    def from_responsibilities(cls, x: ArrayLike, q: ArrayLike, *options: Any, **named: Any) -> Self:
        """Take the M-step at given responsibilities, twice, so that residuals do not cancel."""
        first = super().from_responsibilities(x, q, *options, **named)
        return first.m_step(first.statistics(x, q))

    def log_joint(self, x: ArrayLike) -> FloatArray:
        """Compute log π_k + log N(y; xᵀβ_k, σ²_k) (equation 8.23)."""
        predictors, response = self._split(x)
        residuals = response[:, None] - predictors @ self.coefficients.T
        constants = log_space.log(self.weights) - 0.5 * (log(2 * pi) + np.log(self.variances))
        return constants - 0.5 * residuals**2 / self.variances

    def statistics(self, x: ArrayLike, q: ArrayLike) -> RegressionStatistics:
        """Sum Σ q x xᵀ, Σ q x e and Σ q e², with residuals e about the current lines.

        If these sums would cancel, residuals are taken about the new lines instead.
        """
        predictors, response = self._split(x)
        q = arguments.row_distributions("q", q, (len(response), self.components))
        statistics = _sums(predictors, response, q, self.coefficients)
        if statistics.loses_precision():
            statistics = _sums(predictors, response, q, statistics.least_squares()[0])
        return statistics

    def m_step(self, statistics: RegressionStatistics) -> Self:
        """Weighted least squares: β_k = b_k + G_k⁻¹ g_k, σ²_k = (s_k − g_kᵀ G_k⁻¹ g_k) / c_k."""
        counts = statistics.counts
        require_responsibility(counts, "rows")
        try:
            coefficients, spread = statistics.least_squares()
            squares = np.einsum("ki,kii->k", coefficients**2, statistics.products)
            exact = spread <= (8 * np.finfo(float).eps) ** 2 * squares
            if exact.any():
                k = int(np.argmax(exact))
                raise ValueError(f"component {k}'s line goes through all its points.")
            return type(self)(counts / counts.sum(), coefficients, spread / counts)
        except (np.linalg.LinAlgError, ValueError) as error:
            raise DegenerateComponent(
                f"the M-step has no maximum: {error} Use more rows per component than predictors, "
                f"predictors that are linearly independent, another start, or fewer components."
            ) from None

    def expected_log_joint(self, statistics: RegressionStatistics) -> float:
        """Evaluate Σ_k (c_k log π_k − ½ c_k log 2πσ²_k − s_k / 2σ²_k), with s about β_k."""
        counts, spread = statistics.counts, statistics.about(self.coefficients).second
        return float(
            log_space.times_log(counts, self.weights).sum()
            - 0.5 * (counts @ np.log(2 * pi * self.variances) + (spread / self.variances).sum())
        )

    def expected_statistics(self, counts: FloatArray) -> RegressionStatistics:
        """Return c_k rows from each component, whose predictors have second moments I."""
        return RegressionStatistics(
            counts.sum(),
            np.nan,
            counts,
            self.coefficients,
            counts[:, None, None] * np.eye(self.coefficients.shape[1]),
            np.zeros_like(self.coefficients),
            counts * self.variances,
        )

    def sample(  # type: ignore[override]  # predictors are given, so they replace n
        self, rng: np.random.Generator, predictors: ArrayLike
    ) -> tuple[FloatArray, IntArray]:
        """Draw a response for each row of predictors, with its component.

        Parameters
        ----------
        rng : numpy.random.Generator
        predictors : array_like, (n, p)

        Returns
        -------
        x : array, (n, p + 1)
            The predictors, then the response.
        z : array of int, (n,)
        """
        predictors = arguments.rows("predictors", predictors, columns=self.coefficients.shape[1])
        z = rng.choice(self.components, size=len(predictors), p=self.weights)
        lines = np.einsum("np,np->n", predictors, self.coefficients[z])
        response = lines + np.sqrt(self.variances[z]) * rng.standard_normal(len(z))
        return np.column_stack([predictors, response]), z

    def _split(self, x: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Predictors and response."""
        x = arguments.rows("x", x, columns=self.coefficients.shape[1] + 1)
        return x[:, :-1], x[:, -1]

    @classmethod
    def _uninformed(cls, x: FloatArray, components: int) -> tuple[FloatArray, ...]:
        p = x.shape[1] - 1
        if p == 0:
            raise ValueError("x has 1 column; predictors, then the response, were expected.")
        return np.zeros((components, p)), np.ones(components)


def _sums(
    predictors: FloatArray, response: FloatArray, q: FloatArray, centre: FloatArray
) -> RegressionStatistics:
    residuals = response[:, None] - predictors @ centre.T
    weighted = q * residuals
    return RegressionStatistics(
        len(q),
        np.nan,
        q.sum(axis=0),
        centre,
        np.tensordot(q[:, :, None] * predictors[:, None, :], predictors, axes=(0, 0)),
        weighted.T @ predictors,
        (weighted * residuals).sum(axis=0),
    )
