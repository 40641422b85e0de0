"""The mixture of linear regressions: p(y, z=k | x; θ) = π_k N(y; xᵀβ_k, σ²_k)."""

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

CANCELS = 1e-4
"""The share of a component's squared residuals that may be left without losing four digits."""


@dataclass(frozen=True, eq=False)
class RegressionStatistics(Statistics):
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

    counts: np.ndarray
    centre: np.ndarray
    products: np.ndarray
    first: np.ndarray
    second: np.ndarray

    def __add__(self, other):
        """The statistics of both sets of cases, about this one's coefficients."""
        other = other.about(self.centre)
        return RegressionStatistics(
            self.rows + other.rows,
            self.log_likelihood + other.log_likelihood,
            self.counts + other.counts,
            self.centre,
            self.products + other.products,
            self.first + other.first,
            self.second + other.second,
        )

    def __mul__(self, factor):
        """Each case counted ``factor`` times."""
        return RegressionStatistics(
            self.rows * factor,
            self.log_likelihood * factor,
            self.counts * factor,
            self.centre,
            self.products * factor,
            self.first * factor,
            self.second * factor,
        )

    def solved(self):
        """Least squares: b + G⁻¹g and what it leaves, s − gᵀG⁻¹g.

        Returns
        -------
        coefficients : array, (K, p)
        spread : array, (K,)

        Raises
        ------
        numpy.linalg.LinAlgError
            Predictors that depend on each other.
        """
        step = np.linalg.solve(self.products, self.first[:, :, None])[:, :, 0]
        return self.centre + step, self.second - np.einsum("ki,ki->k", step, self.first)

    def about(self, centre):
        """The same statistics about other coefficients b': residuals lose xᵀ(b' − b).

        Parameters
        ----------
        centre : array, (K, p)

        Returns
        -------
        RegressionStatistics
        """
        if centre is self.centre:
            return self
        step = centre - self.centre
        moved = np.einsum("kij,kj->ki", self.products, step)
        first = self.first - moved
        second = self.second - np.einsum("ki,ki->k", step, self.first + first)
        return RegressionStatistics(
            self.rows, self.log_likelihood, self.counts, centre, self.products, first, second
        )


@dataclass(frozen=True, eq=False)
class RegressionMixture:
    """K lines through the data; each case lies about one of them.

    Data are tables of p + 1 columns: the predictors, then the response. An intercept is a
    predictor that is 1 throughout, and is not added.

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

    weights: np.ndarray
    coefficients: np.ndarray
    variances: np.ndarray

    forms: ClassVar[dict] = {"weights": "simplex", "coefficients": "free", "variances": "free"}

    def __post_init__(self):
        weights = arguments.distribution("weights", self.weights)
        coefficients = arguments.rows("coefficients", self.coefficients)
        shape = (weights.size, coefficients.shape[1])
        arguments.table("coefficients", coefficients, shape, "one row a component")
        variances = arguments.table("variances", self.variances, weights.shape, "one a component")
        positive_variances("variances", variances)
        keep(self, weights=weights, coefficients=coefficients, variances=variances)

    @classmethod
    def from_responsibilities(cls, x, q):
        """The M-step on responsibilities from anywhere.

        Parameters
        ----------
        x : array_like, (n, p + 1)
            The predictors, then the response.
        q : array_like, (n, K)

        Returns
        -------
        RegressionMixture

        Raises
        ------
        ValueError
            ``x`` is not a finite table, or ``q`` not a distribution in each row.
        DegenerateComponent
            A component has no responsibility, or no spread about its line.
        """
        x, q = arguments.rows("x", x), arguments.rows("q", q)
        components, p = q.shape[1], x.shape[1] - 1
        if p == 0:
            raise ValueError("x has 1 column; predictors, then the response, were expected.")
        anywhere = cls(
            np.full(components, 1 / components), np.zeros((components, p)), np.ones(components)
        )
        first = anywhere.m_step(anywhere.statistics(x, q))
        return first.m_step(first.statistics(x, q))

    @property
    def components(self):
        """K."""
        return self.weights.size

    def log_joint(self, x):
        """log p(y, z=k | predictors; θ) (equation 8.23).

        Parameters
        ----------
        x : array_like, (n, p + 1)
            The predictors, then the response.

        Returns
        -------
        array, (n, K)

        Raises
        ------
        ValueError
            ``x`` is not a finite table of p + 1 columns.
        """
        return self._log_joint(self._residuals(*self._parts(x)))

    def e_step(self, x):
        """Expected statistics at the posterior.

        Parameters
        ----------
        x : array_like, (n, p + 1)

        Returns
        -------
        RegressionStatistics

        Raises
        ------
        ValueError
            ``x`` is not a finite table of p + 1 columns, or a row has density 0.
        """
        predictors, response = self._parts(x)
        r, log_density = normalise(self._log_joint(self._residuals(predictors, response)))
        return self._gather(predictors, response, r, float(log_density.sum()))

    def statistics(self, x, q):
        """The same statistics at any q.

        Parameters
        ----------
        x : array_like, (n, p + 1)
        q : array_like, (n, K)

        Returns
        -------
        RegressionStatistics
            Its log-likelihood is NaN: q need not be the posterior.

        Raises
        ------
        ValueError
            ``x`` as above, or ``q`` not a distribution in each row.
        """
        predictors, response = self._parts(x)
        q = arguments.row_distributions("q", q, (len(response), self.components))
        return self._gather(predictors, response, q, np.nan)

    def m_step(self, statistics):
        """Weighted least squares: β_k = b_k + G_k⁻¹ g_k, σ²_k = (s_k − g_kᵀ G_k⁻¹ g_k) / c_k.

        Parameters
        ----------
        statistics : RegressionStatistics
            G, g and s are its products, first and second.

        Returns
        -------
        RegressionMixture

        Raises
        ------
        DegenerateComponent
            A component without responsibility, predictors that depend on each other, or a line
            through all its points.
        """
        counts = statistics.counts
        if not (counts > 0).all():
            k = int(np.argmin(counts))
            raise DegenerateComponent(
                f"component {k} has no responsibility left (c_{k} = {counts[k]:.3g}); start it "
                f"nearer to the data, or fit fewer components."
            )
        try:
            coefficients, spread = statistics.solved()
            squares = np.einsum("ki,kii->k", coefficients**2, statistics.products)
            exact = spread <= (8 * np.finfo(float).eps) ** 2 * squares
            if exact.any():
                k = int(np.argmax(exact))
                raise ValueError(f"component {k}'s line goes through all its points.")
            return RegressionMixture(counts / counts.sum(), coefficients, spread / counts)
        except (np.linalg.LinAlgError, ValueError) as error:
            raise DegenerateComponent(
                f"the M-step has no maximum: {error} Use more cases than predictors a component, "
                f"predictors that do not depend on each other, another start or fewer components."
            ) from None

    def log_prior(self):
        """0: there is no prior.

        Returns
        -------
        float
        """
        return 0.0

    def expected_log_joint(self, statistics):
        """E_q[log p(y, z | predictors; θ)], summed over the rows of the statistics.

        Parameters
        ----------
        statistics : RegressionStatistics

        Returns
        -------
        float
        """
        counts, spread = statistics.counts, statistics.about(self.coefficients).second
        return float(
            log_space.times_log(counts, self.weights).sum()
            - 0.5 * (counts @ np.log(2 * pi * self.variances) + (spread / self.variances).sum())
        )

    def expected_statistics(self, counts):
        """What some cases from each component give on average, a fixed point of the M-step.

        Parameters
        ----------
        counts : array, (K,)
            Cases from each component, whose predictors are taken to have second moments I.

        Returns
        -------
        RegressionStatistics
        """
        identity = np.eye(self.coefficients.shape[1])
        return RegressionStatistics(
            counts.sum(),
            np.nan,
            counts,
            self.coefficients,
            counts[:, None, None] * identity,
            np.zeros_like(self.coefficients),
            counts * self.variances,
        )

    def sample(self, rng, predictors):
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

    def _parts(self, x):
        x = arguments.rows("x", x, columns=self.coefficients.shape[1] + 1)
        return x[:, :-1], x[:, -1]

    def _residuals(self, predictors, response):
        return response[:, None] - predictors @ self.coefficients.T

    def _gather(self, predictors, response, q, log_likelihood):
        """Sums about the current lines, or, where these would cancel, about the new ones."""
        found = self._sums(predictors, response, q, log_likelihood, self.coefficients)
        try:
            coefficients, spread = found.solved()
        except np.linalg.LinAlgError:
            return found
        if (spread < CANCELS * found.second).any():
            found = self._sums(predictors, response, q, log_likelihood, coefficients)
        return found

    def _log_joint(self, residuals):
        constants = log_space.log(self.weights) - 0.5 * (log(2 * pi) + np.log(self.variances))
        return constants - 0.5 * residuals**2 / self.variances

    @staticmethod
    def _sums(predictors, response, q, log_likelihood, centre):
        residuals = response[:, None] - predictors @ centre.T
        weighted = q * residuals
        return RegressionStatistics(
            len(q),
            log_likelihood,
            q.sum(axis=0),
            centre,
            np.tensordot(q[:, :, None] * predictors[:, None, :], predictors, axes=(0, 0)),
            weighted.T @ predictors,
            (weighted * residuals).sum(axis=0),
        )
