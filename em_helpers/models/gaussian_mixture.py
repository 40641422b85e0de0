"""The Gaussian mixture with full covariances: p(x, z=k; θ) = π_k N(x; μ_k, Σ_k)."""

from dataclasses import dataclass, field
from math import log, pi

import numpy as np

from em_helpers import arguments
from em_helpers.models.gaussian_statistics import GaussianStatistics
from em_helpers.models.mixture import DegenerateComponent, normalise


@dataclass(frozen=True, eq=False)
class GaussianMixture:
    """A mixture of K Gaussians over x in d dimensions, each with its own covariance.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    means : array_like, (K, d)
        μ_k, in the units of x.
    covariances : array_like, (K, d, d)
        Σ_k, symmetric and positive definite, in the units of x squared.

    Raises
    ------
    ValueError
        Shapes that do not fit together, weights that are no distribution, a covariance that is
        not symmetric or not positive definite.

    Notes
    -----
    The joint is equation 1.4; the E-step 3.4; the M-step 4.9, 4.11 and 4.12 (Dempster, Laird
    and Rubin, 1977, section 4.3; McLachlan and Peel, 2000, section 3.2).
    """

    weights: np.ndarray
    means: np.ndarray
    covariances: np.ndarray
    _factors: np.ndarray = field(init=False, repr=False)

    def __post_init__(self):
        weights = arguments.distribution("weights", self.weights)
        means = arguments.rows("means", self.means)
        components, d = weights.size, means.shape[1]
        arguments.table("means", means, (components, d), "one mean a component")
        covariances, factors = arguments.covariance_factors(
            "covariances", self.covariances, (components, d, d)
        )
        for name, value in (
            ("weights", weights),
            ("means", means),
            ("covariances", covariances),
            ("_factors", factors),
        ):
            value = value.copy()
            value.flags.writeable = False
            object.__setattr__(self, name, value)

    @property
    def theta(self):
        """θ as the exercises take it: the tuple (weights, means, covariances)."""
        return self.weights, self.means, self.covariances

    def log_joint(self, x):
        """log p(x, z=k; θ) = log π_k + log N(x; μ_k, Σ_k) (equation 1.4).

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
        return self._log_joint(self._deviations(x)).T

    def e_step(self, x):
        """Expected sufficient statistics at the posterior, about the current means.

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
            ``x`` is not a finite table of d columns.
        """
        x = arguments.rows("x", x, columns=self.means.shape[1])
        deviations = self._deviations(x)
        posterior, log_density = normalise(self._log_joint(deviations).T)
        return self._statistics(deviations, posterior.T, float(log_density.sum()))

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
        q = arguments.row_distributions("q", q, (x.shape[0], self.weights.size))
        return self._statistics(self._deviations(x), q.T, float("nan"))

    def m_step(self, statistics):
        """The parameters that maximise the expected log-joint (equations 4.9, 4.11 and 4.12).

        Parameters
        ----------
        statistics : GaussianStatistics

        Returns
        -------
        GaussianMixture

        Raises
        ------
        DegenerateComponent
            A component without responsibility, or whose points do not spread in d dimensions.
        """
        counts = statistics.counts
        if not (counts > 0).all():
            k = int(np.argmin(counts))
            raise DegenerateComponent(
                f"component {k} has no responsibility left (c_{k} = {counts[k]:.3g}), so its mean "
                f"is 0/0; start it nearer to the data, or fit fewer components."
            )
        shift = statistics.first / counts[:, None]
        covariances = statistics.second / counts[:, None, None]
        covariances = covariances - shift[:, :, None] * shift[:, None, :]
        try:
            return GaussianMixture(
                counts / counts.sum(),
                statistics.centre + shift,
                (covariances + covariances.transpose(0, 2, 1)) / 2,
            )
        except ValueError as error:
            raise DegenerateComponent(
                f"the M-step has no maximum: {error} The likelihood is unbounded there; use "
                f"another start, fewer components or a prior."
            ) from None

    def sample(self, rng, n):
        """Draw n cases with their components: z from π, then x from N(μ_z, Σ_z).

        Parameters
        ----------
        rng : numpy.random.Generator
        n : int

        Returns
        -------
        x : array, (n, d)
        z : array of int, (n,)
        """
        z = rng.choice(self.weights.size, size=n, p=self.weights)
        noise = rng.standard_normal((n, self.means.shape[1]))
        return self.means[z] + np.einsum("nij,nj->ni", self._factors[z], noise), z

    def _deviations(self, x):
        """x − μ_k with the component first and the rows last: (K, d, n)."""
        return x.T[None, :, :] - self.means[:, :, None]

    def _log_joint(self, deviations):
        """(K, n); with Σ_k = L_k L_kᵀ, the squared distance is ‖L_k⁻¹(x − μ_k)‖²."""
        whitened = np.linalg.solve(self._factors, deviations)
        log_determinants = np.log(np.diagonal(self._factors, axis1=1, axis2=2)).sum(axis=1)
        with np.errstate(divide="ignore"):
            constants = np.log(self.weights) - log_determinants
        constants -= 0.5 * self.means.shape[1] * log(2 * pi)
        return constants[:, None] - 0.5 * np.einsum("kdn,kdn->kn", whitened, whitened)

    def _statistics(self, deviations, q, log_likelihood):
        weighted = q[:, None, :] * deviations
        return GaussianStatistics(
            rows=q.shape[1],
            log_likelihood=log_likelihood,
            counts=q.sum(axis=1),
            centre=self.means,
            first=weighted.sum(axis=2),
            second=weighted @ deviations.transpose(0, 2, 1),
        )
