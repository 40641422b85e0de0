"""Coupled binary factors: x = Σ_j z_j factors_j + noise, whose posterior couples all the z_j."""

from dataclasses import dataclass
from math import log, pi
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.models import log_space
from em_helpers.models.cholesky import positive_variances
from em_helpers.models.errors import DegenerateComponent
from em_helpers.models.model import DiscreteModel, freeze_parameters
from em_helpers.models.statistics import Statistics

ENUMERABLE = 16
"""The largest J for which all 2^J states are enumerated."""


@dataclass(frozen=True, eq=False)
class CoupledStatistics(Statistics):
    """Expected products of data and causes.

    Attributes
    ----------
    squares : float
        Σ ‖x‖².
    causes : array, (J, J)
        Σ E[z zᵀ]; its diagonal is Σ E[z].
    cross : array, (J, d)
        Σ E[z] xᵀ.
    """

    squares: float
    causes: FloatArray
    cross: FloatArray


@dataclass(frozen=True, eq=False)
class CoupledFactors(DiscreteModel[CoupledStatistics]):
    """J causes, each on or off, whose effects add up to what is observed (equation 10.1).

    z_j is 1 with probability priors_j, independently; x given z is N(Σ_j z_j factors_j, σ² I).
    Given x the causes are coupled, so the posterior does not factorise (equation 10.4). States
    are numbered so that z_0 changes slowest: state 1 of J = 3 is z = (0, 0, 1).

    Parameters
    ----------
    factors : array_like, (J, d)
        What each cause adds, in the units of x.
    priors : array_like, (J,)
        p(z_j = 1), strictly between 0 and 1.
    variance : float
        σ² > 0, in the units of x squared.

    Raises
    ------
    ValueError
        Shapes that do not fit together, a prior outside (0, 1), a variance that is not positive.

    Notes
    -----
    Ghahramani (1995), Advances in Neural Information Processing Systems 7, 617-624; Saul, Jaakkola
    and Jordan (1996), Journal of Artificial Intelligence Research 4, 61-76, on mean fields.
    """

    factors: FloatArray
    priors: FloatArray
    variance: float

    forms: ClassVar = {"factors": "free", "priors": "free", "variance": "free"}

    def __post_init__(self) -> None:
        factors = arguments.rows("factors", self.factors)
        priors = arguments.table("priors", self.priors, factors.shape[:1], "one per factor")
        if not ((priors > 0) & (priors < 1)).all():
            raise ValueError(f"priors are {priors}; each lies strictly between 0 and 1.")
        variance = arguments.table("variance", self.variance, (), "one number")
        positive_variances("variance", variance)
        freeze_parameters(self, factors=factors, priors=priors, variance=variance)

    @property
    def states(self) -> FloatArray:
        """Every value of z, (2^J, J)."""
        number = len(self.priors)
        if number > ENUMERABLE:
            raise ValueError(
                f"there are {number} factors, so 2^{number} states; up to {ENUMERABLE} are "
                f"enumerated: use approximate.mean_field instead."
            )
        return (np.arange(2**number)[:, None] >> np.arange(number)[::-1] & 1).astype(float)

    def log_joint(self, x: ArrayLike) -> FloatArray:
        """Compute log p(x, z; θ) of every state z, (n, 2^J) (equation 10.2)."""
        x = arguments.rows("x", x, columns=self.factors.shape[1])
        states = self.states
        log_prior = states @ np.log(self.priors) + (1 - states) @ np.log1p(-self.priors)
        constant = 0.5 * x.shape[1] * log(2 * pi * self.variance)
        centres = states @ self.factors
        squares = np.stack([((x - centre) ** 2).sum(axis=1) for centre in centres], axis=1)
        return log_prior - constant - 0.5 * squares / self.variance

    def log_odds(self, x: FloatArray, others: FloatArray, j: int) -> FloatArray:
        """Compute the log odds of z_j = 1 given x and the other causes (equation 10.7).

        Given the means of the others under a q that factorises, they are those of the best q_j
        (equation 10.15).

        Parameters
        ----------
        x : array, (n, d)
        others : array, (n, J)
            Column j has no effect.
        j : int

        Returns
        -------
        array, (n,)
        """
        factor = self.factors[j]
        residual = x - others @ self.factors + others[:, [j]] * factor
        projection = residual @ factor - 0.5 * factor @ factor
        return log(self.priors[j]) - np.log1p(-self.priors[j]) + projection / self.variance

    def statistics(self, x: ArrayLike, q: ArrayLike) -> CoupledStatistics:
        """Compute the expected products under q; at the posterior they are equation 10.3."""
        x, states = arguments.rows("x", x, columns=self.factors.shape[1]), self.states
        q = arguments.row_distributions("q", q, (len(x), len(states)))
        causes = (states.T * q.sum(axis=0)) @ states
        return CoupledStatistics(len(x), np.nan, float((x**2).sum()), causes, (q @ states).T @ x)

    def m_step(self, statistics: CoupledStatistics) -> Self:
        """Least squares of x on z, in expectation (equation 10.19).

        σ² is the mean squared residual, and each prior the mean of its z_j.
        """
        try:
            factors = np.linalg.solve(statistics.causes, statistics.cross)
            residual = statistics.squares - (factors * statistics.cross).sum()
            priors = statistics.causes.diagonal() / statistics.rows
            return type(self)(factors, priors, residual / (statistics.rows * factors.shape[1]))
        except (np.linalg.LinAlgError, ValueError) as error:
            raise DegenerateComponent(
                f"the M-step has no maximum: {error} A cause may be always on, always off, or "
                f"never without another; use fewer factors or another start."
            ) from None

    def expected_log_joint(self, statistics: CoupledStatistics) -> float:
        """Evaluate E_q[log p(z)] − ½ Σ E_q‖x − Σ_j z_j factors_j‖² / σ² − ½ n d log 2πσ²."""
        on, rows = statistics.causes.diagonal(), statistics.rows
        residual = (
            statistics.squares
            - 2 * (self.factors * statistics.cross).sum()
            + np.sum((self.factors @ self.factors.T) * statistics.causes)
        )
        constant = self.factors.shape[1] * log(2 * pi * self.variance)
        return float(
            log_space.times_log(on, self.priors).sum()
            + log_space.times_log(rows - on, 1 - self.priors).sum()
            - 0.5 * (rows * constant + residual / self.variance)
        )

    def expected_row_statistics(self) -> CoupledStatistics:
        """Return the expected products of one row drawn from the model."""
        causes = np.outer(self.priors, self.priors)
        np.fill_diagonal(causes, self.priors)
        d = self.factors.shape[1]
        squares = np.sum((self.factors @ self.factors.T) * causes) + d * self.variance
        return CoupledStatistics(1, np.nan, squares, causes, causes @ self.factors)

    def sample(self, rng: np.random.Generator, n: int) -> tuple[FloatArray, FloatArray]:
        """Draw n rows with their causes.

        Returns
        -------
        x : array, (n, d)
        z : array, (n, J)
        """
        z = (rng.random((n, self.priors.size)) < self.priors).astype(float)
        noise = rng.standard_normal((n, self.factors.shape[1])) * self.variance**0.5
        return z @ self.factors + noise, z
