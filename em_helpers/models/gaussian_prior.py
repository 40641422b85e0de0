"""A prior for Gaussian mixtures that prevents collapse: inverse-Wishart on Σ, Dirichlet on π."""

from dataclasses import dataclass

import numpy as np

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.models.model import freeze_parameters


@dataclass(frozen=True, eq=False)
class GaussianPrior:
    """p(θ) ∝ Π_k π_k^(α−1) Π_Σ |Σ|^(−(ν+d+1)/2) exp(−tr(ΨΣ⁻¹)/2).

    The product over Σ has a factor for each covariance that the model has: K factors, or one if
    they are tied. For diagonal and spherical Σ the same density is evaluated at matrices of that
    form.

    Parameters
    ----------
    scale : array_like, (d, d)
        Ψ, symmetric and positive definite, in the units of x squared.
    degrees : float
        ν ≥ 0; Ψ weighs as much as ν + d + 1 rows. A proper density needs ν > d − 1.
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

    scale: FloatArray
    degrees: float
    concentration: float = 1.0

    def __post_init__(self) -> None:
        scale = arguments.rows("scale", self.scale)
        arguments.table("scale", scale, (scale.shape[0],) * 2, "a square matrix")
        arguments.symmetric("scale", scale)
        arguments.positive_definite("scale", scale[None])
        degrees = arguments.at_least("degrees", self.degrees, 0)
        concentration = arguments.at_least("concentration", self.concentration, 1)
        freeze_parameters(self, scale=scale, degrees=degrees, concentration=concentration)

    def require_dimension(self, d: int) -> None:
        """Raise an error unless the prior is for x in d dimensions.

        Raises
        ------
        ValueError
        """
        arguments.table("prior.scale", self.scale, (d, d), f"Ψ for x in {d} dimensions")

    @property
    def rows(self) -> float:
        """ν + d + 1, the number of rows that the prior adds to the count of a covariance."""
        return self.degrees + self.scale.shape[0] + 1

    def weight_counts(self, counts: FloatArray) -> FloatArray:
        """Return c_k + α − 1, to which the weights' posterior mode is proportional.

        Parameters
        ----------
        counts : array, (K,)

        Returns
        -------
        array, (K,)
        """
        return counts + (self.concentration - 1)

    def log_density(
        self, weights: FloatArray, matrices: FloatArray, log_volumes: FloatArray
    ) -> float:
        """Return log p(θ) up to a constant (equation 4.32).

        Parameters
        ----------
        weights : array, (K,)
        matrices : array, (K, d, d)
            One Σ per component, or the same for all.
        log_volumes : array, (K,), or (1,) for one Σ shared by all
            log |Σ|^½.
        """
        distinct = matrices[: log_volumes.size]
        traces = np.trace(np.linalg.solve(distinct, self.scale), axis1=1, axis2=2).sum()
        result = -self.rows * np.sum(log_volumes) - 0.5 * traces
        if self.concentration > 1:
            with np.errstate(divide="ignore"):
                result += (self.concentration - 1) * np.log(weights).sum()
        return float(result)
