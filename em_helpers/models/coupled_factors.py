"""Coupled binary factors: x = Σ_j z_j factors_j + noise, whose posterior couples all the z_j."""

from dataclasses import dataclass
from math import log, pi
from typing import ClassVar

import numpy as np

from em_helpers import arguments
from em_helpers.models import log_space
from em_helpers.models.cholesky import positive_variances
from em_helpers.models.immutable import keep
from em_helpers.models.mixture import DegenerateComponent, normalise
from em_helpers.models.statistics import Statistics

ENUMERABLE = 16
"""The largest J for which 2^J states are written down."""


@dataclass(frozen=True, eq=False)
class CoupledStatistics(Statistics):
    """Expected products of data and causes, which add over rows.

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
    causes: np.ndarray
    cross: np.ndarray


@dataclass(frozen=True, eq=False)
class CoupledFactors:
    """J causes, each on or off, add up to what is seen (equation 10.1).

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

    factors: np.ndarray
    priors: np.ndarray
    variance: float

    forms: ClassVar[dict] = {"factors": "free", "priors": "free", "variance": "free"}

    def __post_init__(self):
        factors = arguments.rows("factors", self.factors)
        priors = arguments.table("priors", self.priors, factors.shape[:1], "one a factor")
        if not ((priors > 0) & (priors < 1)).all():
            raise ValueError(f"priors are {priors}; each lies strictly between 0 and 1.")
        variance = arguments.table("variance", self.variance, (), "one number")
        positive_variances("variance", variance)
        keep(self, factors=factors, priors=priors, variance=variance)

    @property
    def states(self):
        """Every z: (2^J, J)."""
        number = len(self.priors)
        if number > ENUMERABLE:
            raise ValueError(
                f"there are {number} factors, so 2^{number} states; up to {ENUMERABLE} are "
                f"enumerated: use approximate.mean_field instead."
            )
        return (np.arange(2**number)[:, None] >> np.arange(number)[::-1] & 1).astype(float)

    def log_joint(self, x):
        """log p(x, z; θ) of every state z (equation 10.2).

        Parameters
        ----------
        x : array_like, (n, d)

        Returns
        -------
        array, (n, 2^J)

        Raises
        ------
        ValueError
            ``x`` is not a finite table of d columns, or J is too large to enumerate.
        """
        x = arguments.rows("x", x, columns=self.factors.shape[1])
        states = self.states
        log_prior = states @ np.log(self.priors) + (1 - states) @ np.log1p(-self.priors)
        constant = 0.5 * x.shape[1] * log(2 * pi * self.variance)
        centres = states @ self.factors
        squares = np.stack([((x - centre) ** 2).sum(axis=1) for centre in centres], axis=1)
        return log_prior - constant - 0.5 * squares / self.variance

    def log_odds(self, x, others, j):
        """Log odds of z_j = 1 given x and the other causes (equation 10.7).

        With the means of the others under a q that factorises: the best q_j's (equation 10.15).

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
        rest = x - others @ self.factors + others[:, [j]] * factor
        fit = rest @ factor - 0.5 * factor @ factor
        return log(self.priors[j]) - np.log1p(-self.priors[j]) + fit / self.variance

    def e_step(self, x):
        """Expected products at the exact posterior, by enumeration (equation 10.3).

        Parameters
        ----------
        x : array_like, (n, d)

        Returns
        -------
        CoupledStatistics

        Raises
        ------
        ValueError
            ``x`` is not a finite table of d columns, or J is too large to enumerate.
        """
        posterior, log_density = normalise(self.log_joint(x))
        return self._sums(x, posterior, float(log_density.sum()))

    def statistics(self, x, q):
        """The same at any q over the states.

        Parameters
        ----------
        x : array_like, (n, d)
        q : array_like, (n, 2^J)

        Returns
        -------
        CoupledStatistics
            Its log-likelihood is NaN: q need not be the posterior.

        Raises
        ------
        ValueError
            ``x`` as above, or ``q`` not a distribution in each row.
        """
        x = arguments.rows("x", x, columns=self.factors.shape[1])
        q = arguments.row_distributions("q", q, (len(x), len(self.states)))
        return self._sums(x, q, np.nan)

    def m_step(self, statistics):
        """Least squares of x on z, in expectation (equation 10.19).

        σ² is the mean squared residual, a prior the mean of its z_j.

        Parameters
        ----------
        statistics : CoupledStatistics

        Returns
        -------
        CoupledFactors

        Raises
        ------
        DegenerateComponent
            A cause that is always on or off, causes that always go together, or no noise left.
        """
        try:
            factors = np.linalg.solve(statistics.causes, statistics.cross)
            residual = statistics.squares - (factors * statistics.cross).sum()
            priors = statistics.causes.diagonal() / statistics.rows
            return CoupledFactors(factors, priors, residual / (statistics.rows * factors.shape[1]))
        except (np.linalg.LinAlgError, ValueError) as error:
            raise DegenerateComponent(
                f"the M-step has no maximum: {error} A cause may be always on, always off, or "
                f"never without another; use fewer factors or another start."
            ) from None

    def log_prior(self):
        """0: there is no prior on θ.

        Returns
        -------
        float
        """
        return 0.0

    def expected_log_joint(self, statistics):
        """E_q[log p(x, z; θ)], summed over the rows of the statistics.

        Parameters
        ----------
        statistics : CoupledStatistics

        Returns
        -------
        float
        """
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

    def expected_row_statistics(self):
        """What one case gives on average: a fixed point of the M-step.

        Returns
        -------
        CoupledStatistics
        """
        causes = np.outer(self.priors, self.priors)
        np.fill_diagonal(causes, self.priors)
        d = self.factors.shape[1]
        squares = np.sum((self.factors @ self.factors.T) * causes) + d * self.variance
        return CoupledStatistics(1, np.nan, squares, causes, causes @ self.factors)

    def sample(self, rng, n):
        """Draw n cases with their causes.

        Parameters
        ----------
        rng : numpy.random.Generator
        n : int

        Returns
        -------
        x : array, (n, d)
        z : array, (n, J)
        """
        z = (rng.random((n, self.priors.size)) < self.priors).astype(float)
        noise = rng.standard_normal((n, self.factors.shape[1])) * self.variance**0.5
        return z @ self.factors + noise, z

    def _sums(self, x, q, log_likelihood):
        x, states = np.asarray(x, dtype=float), self.states
        causes = (states.T * q.sum(axis=0)) @ states
        return CoupledStatistics(
            len(x), log_likelihood, float((x**2).sum()), causes, (q @ states).T @ x
        )
