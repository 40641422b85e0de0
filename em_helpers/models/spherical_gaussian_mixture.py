"""The Gaussian mixture whose components are round: Σ_k = σ²_k I."""

from typing import ClassVar

import numpy as np

from em_helpers.models.cholesky import positive_variances, sums_of_squares
from em_helpers.models.gaussian_base import GaussianBase


class SphericalGaussianMixture(GaussianBase):
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
        Then the M-step maximises the posterior, and the log posterior is what climbs.

    Raises
    ------
    ValueError
        Shapes that do not fit together, weights that are no distribution, a variance that is not
        positive.

    Notes
    -----
    mclust's model VII (Fraley and Raftery, 2002, Journal of the American Statistical Association
    97, 611-631).
    """

    _diagonal: ClassVar[bool] = True

    @staticmethod
    def shared(covariance, components):
        """One covariance given to every component, in this family's form.

        Parameters
        ----------
        covariance : array, (d, d)
        components : int

        Returns
        -------
        array, as ``covariances``
        """
        return np.full(components, covariance.diagonal().mean())

    @staticmethod
    def _factorise(covariances, d):
        """1 / σ_k and log |Σ_k|^½ = d log σ_k."""
        scales = np.sqrt(positive_variances("covariances", covariances))
        return 1 / scales, d * np.log(scales)

    def _distances(self, deviations):
        scaled = deviations * self._factors[:, None, None]
        return sums_of_squares(scaled)

    @staticmethod
    def _second(r, weighted, deviations):
        return np.einsum("kdn,kdn->kd", weighted, deviations)

    def _maximum(self, scatter, counts):
        """tr S_k / (d c_k) (equation 4.31), or (tr Ψ + tr S_k) / (d (c_k + ν + d + 1))."""
        total, d = scatter.sum(axis=1), scatter.shape[1]
        if self.prior is not None:
            total, counts = np.trace(self.prior.scale) + total, counts + self.prior.cases
        return total / (d * counts)

    def _quadratic(self, k, second):
        return np.sum(second) * self._factors[k] ** 2

    def _pivots(self):
        return self.covariances[:, None], self._factors[:, None]

    def _matrices(self):
        return self.covariances[:, None, None] * np.eye(self.means.shape[1])
