"""The Gaussian mixture whose components share one covariance."""

from em_helpers.arguments import FloatArray
from em_helpers.models.gaussian_mixture import GaussianMixture


class TiedGaussianMixture(GaussianMixture):
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
        As for ``GaussianMixture``.

    Raises
    ------
    ValueError
        As for ``GaussianMixture``.

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
