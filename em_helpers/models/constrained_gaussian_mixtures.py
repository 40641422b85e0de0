"""Gaussian mixtures with constrained covariances: one for all components, diagonal, or round."""

from typing import ClassVar

import numpy as np

from em_helpers.arguments import FloatArray
from em_helpers.models.cholesky import positive_variances, sums_of_squares
from em_helpers.models.gaussian_mixture import GaussianMixture


class TiedGaussianMixture(GaussianMixture):
    """A Gaussian mixture whose components share one covariance Σ.

    Parameters
    ----------
    covariances : array_like, (d, d)
        Σ, symmetric and positive definite, in the units of x squared. The other parameters, and the
        errors, are those of ``GaussianMixture``.

    Notes
    -----
    McLachlan and Peel (2000), Finite Mixture Models, Wiley, section 3.8; mclust's model EEE
    (Fraley and Raftery, 2002, Journal of the American Statistical Association 97, 611-631).
    """

    @staticmethod
    def repeat_covariance(covariance: FloatArray, components: int) -> FloatArray:
        """Return the one covariance itself."""
        return covariance

    def _best_covariances(self, scatter: FloatArray, counts: FloatArray) -> FloatArray:
        """Σ_k S_k / n (equation 4.29); with a prior (Ψ + Σ_k S_k) / (n + ν + d + 1)."""
        total, n = scatter.sum(axis=0), counts.sum()
        if self.prior is not None:
            total, n = self.prior.scale + total, n + self.prior.rows
        covariance = total / n
        return (covariance + covariance.T) / 2


class DiagonalGaussianMixture(GaussianMixture):
    """A Gaussian mixture whose components have independent coordinates.

    Parameters
    ----------
    covariances : array_like, (K, d)
        The variances σ²_kj of each component, positive, in the units of x squared. The other
        parameters, and the errors, are those of ``GaussianMixture``.

    Notes
    -----
    mclust's model VVI (Fraley and Raftery, 2002).
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


class SphericalGaussianMixture(DiagonalGaussianMixture):
    """A Gaussian mixture whose components are round, with covariances σ²_k I.

    Parameters
    ----------
    covariances : array_like, (K,)
        σ²_k, positive, in the units of x squared. The other parameters, and the errors, are those
        of ``GaussianMixture``.

    Notes
    -----
    mclust's model VII (Fraley and Raftery, 2002).
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
