"""The Gaussian mixture whose components have independent coordinates."""

from typing import ClassVar

import numpy as np

from em_helpers.models.cholesky import positive_variances, sums_of_squares
from em_helpers.models.gaussian_base import GaussianBase


class DiagonalGaussianMixture(GaussianBase):
    """A mixture of K Gaussians over x in d dimensions with diagonal covariances.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    means : array_like, (K, d)
        μ_k, in the units of x.
    covariances : array_like, (K, d)
        The variances of each component, positive, in the units of x squared.
    prior : GaussianPrior, optional
        Then the M-step maximises the posterior, and the log posterior is what climbs.

    Raises
    ------
    ValueError
        Shapes that do not fit together, weights that are no distribution, a variance that is not
        positive.

    Notes
    -----
    mclust's model VVI (Fraley and Raftery, 2002, Journal of the American Statistical Association
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
        return np.repeat(covariance.diagonal()[None], components, axis=0)

    @staticmethod
    def _factorise(covariances, d):
        """1 / σ_kj and log |Σ_k|^½ = Σ_j log σ_kj."""
        scales = np.sqrt(positive_variances("covariances", covariances))
        return 1 / scales, np.add.reduce(np.log(scales), axis=1)

    def _distances(self, deviations):
        scaled = deviations * self._factors[:, :, None]
        return sums_of_squares(scaled)

    @staticmethod
    def _second(r, weighted, deviations):
        return np.einsum("kdn,kdn->kd", weighted, deviations)

    def _maximum(self, scatter, counts):
        """S_kj / c_k (equation 4.30); with the prior (Ψ_jj + S_kj) / (c_k + ν + d + 1)."""
        if self.prior is not None:
            scatter, counts = self.prior.scale.diagonal() + scatter, counts + self.prior.cases
        return scatter / counts[:, None]

    def _quadratic(self, k, second):
        return np.sum(second * self._factors[k] ** 2)

    def _pivots(self):
        return self.covariances, self._factors

    def _matrices(self):
        return self.covariances[:, :, None] * np.eye(self.means.shape[1])
