"""A prior that keeps a Gaussian mixture from collapsing: inverse-Wishart on Σ, Dirichlet on π."""

from dataclasses import dataclass

import numpy as np

from em_helpers import arguments
from em_helpers.models.immutable import keep


@dataclass(frozen=True, eq=False)
class GaussianPrior:
    """p(θ) ∝ Π_k π_k^(α−1) Π_Σ |Σ|^(−(ν+d+1)/2) exp(−tr(ΨΣ⁻¹)/2).

    The product over Σ has a factor for each covariance that the model has: K, or one where they
    are tied. On a diagonal or spherical Σ the same density is taken at matrices of that form.

    Parameters
    ----------
    scale : array_like, (d, d)
        Ψ, symmetric and positive definite, in the units of x squared.
    degrees : float
        ν ≥ 0; Ψ weighs as much as ν + d + 1 cases. A proper density needs ν > d − 1.
    concentration : float
        α ≥ 1 of the Dirichlet; 1 is flat.

    Raises
    ------
    ValueError
        Ψ not symmetric or not positive definite, ν below 0, α below 1.

    Notes
    -----
    The log is equation 4.32 for each Σ, and full covariances' mode equation 4.34. Fraley and
    Raftery (2007), Journal of Classification 24, 155-181.
    """

    scale: np.ndarray
    degrees: float
    concentration: float = 1.0

    def __post_init__(self):
        scale = arguments.rows("scale", self.scale)
        arguments.table("scale", scale, (scale.shape[0],) * 2, "a square matrix")
        arguments.symmetric("scale", scale)
        arguments.positive_definite("scale", scale[None])
        degrees = arguments.at_least("degrees", self.degrees, 0)
        concentration = arguments.at_least("concentration", self.concentration, 1)
        keep(self, scale=scale, degrees=degrees, concentration=concentration)

    def check(self, d):
        """See that the prior is for x in d dimensions.

        Parameters
        ----------
        d : int

        Raises
        ------
        ValueError
        """
        arguments.table("prior.scale", self.scale, (d, d), f"Ψ for x in {d} dimensions")

    @property
    def cases(self):
        """ν + d + 1, what the prior adds to the count of a covariance."""
        return self.degrees + self.scale.shape[0] + 1

    def weighted(self, counts):
        """c_k + α − 1, to which the weights' posterior mode is proportional.

        Parameters
        ----------
        counts : array, (K,)

        Returns
        -------
        array, (K,)
        """
        return counts + (self.concentration - 1)

    def log_density(self, weights, matrices, log_volumes):
        """log p(θ) up to a constant.

        Parameters
        ----------
        weights : array, (K,)
        matrices : array, (K, d, d)
            One Σ a component, or the same for all.
        log_volumes : array, (K,), or a number for one Σ shared by all
            log |Σ|^½.

        Returns
        -------
        float
        """
        distinct = matrices[: np.size(log_volumes)]
        traces = np.trace(np.linalg.solve(distinct, self.scale), axis1=1, axis2=2).sum()
        result = -self.cases * np.sum(log_volumes) - 0.5 * traces
        if self.concentration > 1:
            with np.errstate(divide="ignore"):
                result += (self.concentration - 1) * np.log(weights).sum()
        return float(result)
