"""The Gaussian mixture whose components share one covariance."""

from typing import ClassVar

import numpy as np

from em_helpers.models.cholesky import inverse_factors, outer_products, sums_of_squares, whiten
from em_helpers.models.gaussian_base import GaussianBase


class TiedGaussianMixture(GaussianBase):
    """A mixture of K Gaussians over x in d dimensions with one Σ.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    means : array_like, (K, d)
        μ_k, in the units of x.
    covariances : array_like, (d, d)
        Σ, symmetric and positive definite, in the units of x squared.
    prior : GaussianPrior, optional
        Then the M-step maximises the posterior, and the log posterior is what climbs.

    Raises
    ------
    ValueError
        Shapes that do not fit together, weights that are no distribution, a covariance that is
        not symmetric or not positive definite.

    Notes
    -----
    McLachlan and Peel (2000), Finite Mixture Models, Wiley, section 3.8; mclust's model EEE
    (Fraley and Raftery, 2002, Journal of the American Statistical Association 97, 611-631).
    """

    forms: ClassVar[dict] = {"weights": "simplex", "means": "free", "covariances": "symmetric"}
    _diagonal: ClassVar[bool] = False

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
        return covariance

    @staticmethod
    def _factorise(covariances, d):
        inverse = inverse_factors("covariances", covariances[None])
        return inverse, -np.log(inverse[0].diagonal()).sum()

    def _distances(self, deviations):
        return sums_of_squares(whiten(self._factors, deviations))

    _second = staticmethod(outer_products)

    def _maximum(self, scatter, counts):
        """Σ_k S_k / n (equation 4.29); with the prior (Ψ + Σ_k S_k) / (n + ν + d + 1)."""
        total, n = scatter.sum(axis=0), counts.sum()
        if self.prior is not None:
            total, n = self.prior.scale + total, n + self.prior.cases
        covariance = total / n
        return (covariance + covariance.T) / 2

    def _quadratic(self, k, second):
        return np.trace(np.linalg.solve(self.covariances, second))

    def _pivots(self):
        return self.covariances.diagonal(), self._factors[0].diagonal()

    def _matrices(self):
        return np.broadcast_to(self.covariances, (self.components, *self.covariances.shape))
