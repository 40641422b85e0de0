"""The Gaussian mixture with full covariances: p(x, z=k; θ) = π_k N(x; μ_k, Σ_k)."""

from typing import ClassVar

import numpy as np

from em_helpers.models.cholesky import inverse_factors, outer_products, sums_of_squares, whiten
from em_helpers.models.gaussian_base import GaussianBase


class GaussianMixture(GaussianBase):
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
        Then the M-step maximises the posterior, and the log posterior is what climbs.

    Raises
    ------
    ValueError
        Shapes that do not fit together, weights that are no distribution, a covariance that is
        not symmetric or not positive definite.

    Notes
    -----
    The joint is equation 3.8, the E-step equation 3.4, the M-step equations 4.9, 4.15 and 4.16
    (Dempster, Laird and Rubin, 1977, section 4.3; McLachlan and Peel, 2000, section 3.2).

    Examples
    --------
    >>> model = GaussianMixture([0.25, 0.75], [[0.0], [2.0]], [[[1.0]], [[1.0]]])
    >>> model.m_step(model.e_step([[0.0], [1.0], [3.0]])).weights.round(3)
    array([0.322, 0.678])
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
        return np.repeat(covariance[None], components, axis=0)

    @staticmethod
    def _factorise(covariances, d):
        """Σ_k = L_k L_kᵀ: the inverses L_k⁻¹, and log |Σ_k|^½ = Σ_i log (L_k)_ii (equation 3.9)."""
        inverses = inverse_factors("covariances", covariances)
        pivots = inverses.diagonal(axis1=1, axis2=2)
        return inverses, -np.add.reduce(np.log(pivots), axis=1)

    def _distances(self, deviations):
        """‖L_k⁻¹(x − μ_k)‖², which is (x − μ_k)ᵀ Σ_k⁻¹ (x − μ_k) (equation 3.9)."""
        return sums_of_squares(whiten(self._factors, deviations))

    _second = staticmethod(outer_products)

    def _maximum(self, scatter, counts):
        """S_k / c_k (equation 4.16); with the prior (Ψ + S_k) / (c_k + ν + d + 1) (4.34)."""
        if self.prior is not None:
            scatter, counts = self.prior.scale + scatter, counts + self.prior.cases
        return (scatter + scatter.transpose(0, 2, 1)) / (2 * counts)[:, None, None]

    def _quadratic(self, k, second):
        """tr(Σ_k⁻¹ S)."""
        return np.trace(np.linalg.solve(self.covariances[k], second))

    def _pivots(self):
        variances = self.covariances.diagonal(axis1=1, axis2=2)
        return variances, self._factors.diagonal(axis1=1, axis2=2)

    def _matrices(self):
        return self.covariances
