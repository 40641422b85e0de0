"""The Gaussian mixture whose components have independent coordinates."""

from typing import ClassVar

import numpy as np

from em_helpers.arguments import FloatArray
from em_helpers.models.cholesky import positive_variances, sums_of_squares
from em_helpers.models.gaussian_mixture import GaussianMixture


class DiagonalGaussianMixture(GaussianMixture):
    """A mixture of K Gaussians over x in d dimensions with diagonal covariances.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    means : array_like, (K, d)
        μ_k, in the units of x.
    covariances : array_like, (K, d)
        The variances σ²_kj of each component, positive, in the units of x squared.
    prior : GaussianPrior, optional
        As for ``GaussianMixture``.

    Raises
    ------
    ValueError
        As for ``GaussianMixture``, or a variance that is not positive.

    Notes
    -----
    mclust's model VVI (Fraley and Raftery, 2002, Journal of the American Statistical Association
    97, 611-631).
    """

    forms: ClassVar = {"weights": "simplex", "means": "free", "covariances": "free"}

    def covariance_matrices(self) -> FloatArray:
        """Return the diagonal matrices Σ_k."""
        return self.covariances[:, :, None] * np.eye(self.means.shape[1])

    @staticmethod
    def repeat_covariance(covariance: FloatArray, components: int) -> FloatArray:
        """Give the diagonal of one covariance to every component."""
        return np.repeat(covariance.diagonal()[None], components, axis=0)

    @staticmethod
    def _factorise(covariances: FloatArray, d: int) -> tuple[FloatArray, FloatArray]:
        """1 / σ_kj and log |Σ_k|^½ = Σ_j log σ_kj."""
        scales = np.sqrt(positive_variances("covariances", covariances))
        return 1 / scales, np.add.reduce(np.log(scales), axis=1)

    def _distances(self, deviations: FloatArray) -> FloatArray:
        """Σ_j (x_j − μ_kj)² / σ²_kj."""
        return sums_of_squares(deviations * self._inverse_factors[:, :, None])

    def _expected_distances(self, second: FloatArray) -> float:
        """Σ_kj S_kj / σ²_kj."""
        return np.sum(second * self._inverse_factors**2)

    def _best_covariances(self, scatter: FloatArray, counts: FloatArray) -> FloatArray:
        """S_kj / c_k (equation 4.30); with a prior (Ψ_jj + S_kj) / (c_k + ν + d + 1)."""
        if self.prior is not None:
            scatter, counts = self.prior.scale.diagonal() + scatter, counts + self.prior.rows
        return scatter / counts[:, None]

    @staticmethod
    def _second_moments(r: FloatArray, weighted: FloatArray, deviations: FloatArray) -> FloatArray:
        return np.einsum("kdn,kdn->kd", weighted, deviations)

    @staticmethod
    def _in_form_of_moments(matrices: FloatArray) -> FloatArray:
        return matrices.diagonal(axis1=1, axis2=2)

    def _pivots(self) -> tuple[FloatArray, FloatArray]:
        return self.covariances, self._inverse_factors
