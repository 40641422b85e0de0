"""The Gaussian mixture with full covariances: p(x, z=k; θ) = π_k N(x; μ_k, Σ_k)."""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray, IntArray
from em_helpers.models import cholesky
from em_helpers.models.gaussian_parameters import GaussianParameters
from em_helpers.models.gaussian_statistics import GaussianStatistics
from em_helpers.models.gaussian_sums import expected_sums, log_joint_of_rows
from em_helpers.models.mixture import require_responsibility


class GaussianMixture(GaussianParameters):
    """A mixture of K Gaussians over x in d dimensions, each with its own covariance.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    means : array_like, (K, d)
        μ_k, in the units of x.
    covariances : array_like, (K, d, d)
        Σ_k, symmetric and positive definite, in the units of x squared.
    prior : GaussianPrior, optional
        With a prior the M-step maximises the posterior, and EM climbs the log posterior.

    Raises
    ------
    ValueError
        Shapes that do not fit together, weights that are no distribution, a covariance that is
        not symmetric or not positive definite.

    Notes
    -----
    The joint is equation 3.8, the E-step equation 3.4, the M-step equations 4.9, 4.15 and 4.16
    (Dempster, Laird and Rubin, 1977, section 4.3; McLachlan and Peel, 2000, section 3.2). In the
    methods below, S_k is component k's scatter Σ_x r_k(x) (x − μ_k)(x − μ_k)ᵀ, and Σ_k = L_k L_kᵀ.

    Examples
    --------
    >>> model = GaussianMixture([0.25, 0.75], [[0.0], [2.0]], [[[1.0]], [[1.0]]])
    >>> model.m_step(model.e_step([[0.0], [1.0], [3.0]])).weights.round(3)
    array([0.322, 0.678])
    """

    def log_joint(self, x: ArrayLike) -> FloatArray:
        """Compute log p(x, z=k; θ) = log π_k + log N(x; μ_k, Σ_k) (equation 3.8)."""
        x = arguments.rows("x", x, columns=self.means.shape[1])
        return log_joint_of_rows(x, self.means, self._log_joint)

    def e_step(self, x: ArrayLike) -> GaussianStatistics:
        """Compute c_k = Σ_x r_k(x) and the moments with r_k = p(z=k | x; θ) (3.4 and 4.5)."""
        x = arguments.unchecked_rows("x", x, columns=self.means.shape[1])
        return expected_sums(x, None, self.means, self._log_joint, self._second_moments)

    def statistics(self, x: ArrayLike, q: ArrayLike) -> GaussianStatistics:
        """Compute the same sums with r_k(x) = q(z=k) (equation 4.5)."""
        x = arguments.rows("x", x, columns=self.means.shape[1])
        q = arguments.row_distributions("q", q, (x.shape[0], self.components))
        return expected_sums(x, q, self.means, self._log_joint, self._second_moments)

    def m_step(self, statistics: GaussianStatistics) -> Self:
        """Set π_k = c_k / n (4.9), μ_k to the weighted mean (4.15) and Σ_k = S_k / c_k (4.16)."""
        counts = statistics.counts
        require_responsibility(counts, "rows")
        weights = counts if self.prior is None else self.prior.weight_counts(counts)
        means, scatter = statistics.means_and_scatter()
        covariances = self._best_covariances(scatter, counts)
        return self._successor(weights / sum(weights.tolist()), means, covariances)

    def log_prior(self) -> float:
        """Return log p(θ) up to a constant (equation 4.32); 0 if there is no prior."""
        if self.prior is None:
            return 0.0
        return self.prior.log_density(self.weights, self.covariance_matrices(), self._log_volumes)

    def expected_log_joint(self, statistics: GaussianStatistics) -> float:
        """Evaluate Σ_k c_k (log π_k − ½ log |2πΣ_k|) − ½ Σ_k tr(Σ_k⁻¹ S_k) (equation 4.2)."""
        counts, present = statistics.counts, statistics.counts > 0
        distances = self._expected_distances(statistics.about(self.means).second)
        return float(counts[present] @ self._log_constants[present, 0] - 0.5 * distances)

    def expected_statistics(self, counts: FloatArray) -> GaussianStatistics:
        """Return c_k rows from each component: mean μ_k, scatter c_k Σ_k."""
        second = (counts * self._in_form_of_moments(self.covariance_matrices()).T).T
        first = np.zeros_like(self.means)
        return GaussianStatistics(counts.sum(), np.nan, counts, self.means, first, second)

    def _draw(self, rng: np.random.Generator, z: IntArray) -> FloatArray:
        """x from N(μ_z, Σ_z) (equation 1.15)."""
        noise = rng.standard_normal((len(z), self.means.shape[1]))
        factors = np.linalg.cholesky(self.covariance_matrices())
        return self.means[z] + np.einsum("nij,nj->ni", factors[z], noise)

    def _log_joint(self, deviations: FloatArray) -> FloatArray:
        """log π_k − ½ log |2πΣ_k| − ½ (x − μ_k)ᵀ Σ_k⁻¹ (x − μ_k), (K, n) from (K, d, n)."""
        log_joint = self._distances(deviations)
        log_joint *= -0.5
        log_joint += self._log_constants
        return log_joint

    def _distances(self, deviations: FloatArray) -> FloatArray:
        """(x − μ_k)ᵀ Σ_k⁻¹ (x − μ_k) = ‖L_k⁻¹ (x − μ_k)‖² (equation 3.9)."""
        return cholesky.sums_of_squares(cholesky.whiten(self._inverse_factors, deviations))

    def _expected_distances(self, second: FloatArray) -> float:
        """Σ_k tr(Σ_k⁻¹ S_k)."""
        return np.trace(np.linalg.solve(self.covariances, second), axis1=1, axis2=2).sum()

    def _best_covariances(self, scatter: FloatArray, counts: FloatArray) -> FloatArray:
        """S_k / c_k (equation 4.16); with a prior (Ψ + S_k) / (c_k + ν + d + 1) (4.34)."""
        if self.prior is not None:
            scatter, counts = self.prior.scale + scatter, counts + self.prior.rows
        return (scatter + scatter.transpose(0, 2, 1)) / (2 * counts)[:, None, None]

    _second_moments = staticmethod(cholesky.outer_products)

    @staticmethod
    def _in_form_of_moments(matrices: FloatArray) -> FloatArray:
        return matrices
