"""The Gaussian mixture whose components are round: Σ_k = σ²_k I."""

import numpy as np

from em_helpers.arguments import FloatArray
from em_helpers.models.cholesky import positive_variances
from em_helpers.models.diagonal_gaussian_mixture import DiagonalGaussianMixture


class SphericalGaussianMixture(DiagonalGaussianMixture):
    """A mixture of K Gaussians over x in d dimensions with covariances σ²_k I.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    means : array_like, (K, d)
        μ_k, in the units of x.
    covariances : array_like, (K,)
        σ²_k, positive, in the units of x squared.
    prior : GaussianPrior, optional
        As for ``GaussianMixture``.

    Raises
    ------
    ValueError
        As for ``GaussianMixture``, or a variance that is not positive.

    Notes
    -----
    mclust's model VII (Fraley and Raftery, 2002, Journal of the American Statistical Association
    97, 611-631).
    """

    def covariance_matrices(self) -> FloatArray:
        """Return the matrices σ²_k I."""
        return self.covariances[:, None, None] * np.eye(self.means.shape[1])

    @staticmethod
    def repeat_covariance(covariance: FloatArray, components: int) -> FloatArray:
        """Give the mean variance of one covariance to every component."""
        return np.full(components, covariance.diagonal().mean())

    @staticmethod
    def _factorise(covariances: FloatArray, d: int) -> tuple[FloatArray, FloatArray]:
        """1 / σ_k, (K, 1), and log |Σ_k|^½ = d log σ_k."""
        scales = np.sqrt(positive_variances("covariances", covariances))
        return 1 / scales[:, None], d * np.log(scales)

    def _best_covariances(self, scatter: FloatArray, counts: FloatArray) -> FloatArray:
        """tr S_k / (d c_k) (equation 4.31), or (tr Ψ + tr S_k) / (d (c_k + ν + d + 1))."""
        total, d = scatter.sum(axis=1), scatter.shape[1]
        if self.prior is not None:
            total, counts = np.trace(self.prior.scale) + total, counts + self.prior.rows
        return total / (d * counts)

    def _pivots(self) -> tuple[FloatArray, FloatArray]:
        return self.covariances[:, None], self._inverse_factors
