"""A Gaussian q(z) for every row, for models whose latent variables are numbers."""

from dataclasses import dataclass
from math import e, log, pi

import numpy as np

from em_helpers import arguments


@dataclass(frozen=True, eq=False)
class GaussianPosterior:
    """q(z) = N(means, covariances), a row each.

    Parameters
    ----------
    means : array_like, (n, L)
    covariances : array_like, (n, L, L), or (L, L) for one that all rows share
        Positive definite in the coordinates that are latent.
    latent : array_like of bool, (n, L), optional
        Which coordinates are latent in each row: all, if not given. The others are known; their
        means are their values and their covariances are not read.

    Raises
    ------
    ValueError
        Shapes that do not fit together, or means that are not finite.
    """

    means: np.ndarray
    covariances: np.ndarray
    latent: np.ndarray | None = None

    def __post_init__(self):
        means = arguments.rows("means", self.means)
        shape = (*means.shape, means.shape[1])
        covariances = np.asarray(self.covariances, dtype=float)
        if covariances.shape not in (shape, shape[1:]):
            raise ValueError(
                f"covariances has shape {covariances.shape}; {shape}, or {shape[1:]} for one that "
                f"all rows share, was expected."
            )
        latent = np.ones(means.shape) if self.latent is None else self.latent
        latent = arguments.table("latent", latent, means.shape, "true where a mean is latent") != 0
        covariances = np.broadcast_to(covariances, shape)
        self.__dict__.update(means=means, covariances=covariances, latent=latent)

    def entropy(self):
        """−E_q[log q], summed over rows: Σ ½ log |2πe V|.

        Returns
        -------
        float
            In nats; may be negative.
        """
        parts = (self._latent_part(row)[1] for row in range(len(self.means)))
        return 0.5 * sum(np.linalg.slogdet(v)[1] + len(v) * log(2 * pi * e) for v in parts)

    def kl(self, other):
        """KL(q ‖ other), summed over rows, for two with the same latent coordinates.

        Parameters
        ----------
        other : GaussianPosterior

        Returns
        -------
        float
            In nats, not negative but for rounding.

        Raises
        ------
        ValueError
            Other rows, or other latent coordinates.

        Notes
        -----
        ½ [tr(B⁻¹A) + (b − a)ᵀB⁻¹(b − a) − L + log |B| − log |A|] for N(a, A) and N(b, B).
        """
        if not np.array_equal(self.latent, other.latent):
            ours, theirs = (
                f"{both.latent.sum()} latent coordinates in a table of shape {both.latent.shape}"
                for both in (self, other)
            )
            raise ValueError(
                f"q has {ours}, and what it is compared with has {theirs}; a divergence is between "
                f"two densities of the same latent coordinates in the same rows."
            )
        total = 0.0
        for row in range(len(self.means)):
            a, spread = self._latent_part(row)
            b, scale = other._latent_part(row)
            step = b - a
            total += 0.5 * (
                np.trace(np.linalg.solve(scale, spread))
                + step @ np.linalg.solve(scale, step)
                - len(a)
                + np.linalg.slogdet(scale)[1]
                - np.linalg.slogdet(spread)[1]
            )
        return float(total)

    def _latent_part(self, row):
        latent = self.latent[row]
        return self.means[row, latent], self.covariances[row][np.ix_(latent, latent)]
