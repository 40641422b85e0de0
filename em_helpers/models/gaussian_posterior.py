"""A Gaussian q(z) for every row, for models whose latent variables are numbers."""

from dataclasses import dataclass
from math import e, log, pi

import numpy as np


@dataclass(frozen=True, eq=False)
class GaussianPosterior:
    """q(z) = N(means, covariances), a row each.

    Parameters
    ----------
    means : array_like, (n, L)
    covariances : array_like, (n, L, L)
        Positive definite in the coordinates that are latent.
    latent : array_like of bool, (n, L), optional
        Which coordinates are latent in each row: all, if not given. The others are known; their
        means are their values and their covariances are not read.
    """

    means: np.ndarray
    covariances: np.ndarray
    latent: np.ndarray | None = None

    def __post_init__(self):
        means = np.asarray(self.means, dtype=float)
        latent = np.ones(means.shape, bool) if self.latent is None else np.asarray(self.latent)
        shape = (*means.shape, means.shape[1])
        covariances = np.broadcast_to(np.asarray(self.covariances, dtype=float), shape)
        self.__dict__.update(means=means, covariances=covariances, latent=latent)

    def entropy(self):
        """−E_q[log q], summed over rows: Σ ½ log |2πe V|.

        Returns
        -------
        float
            In nats; may be negative.
        """
        return 0.5 * sum(
            np.linalg.slogdet(v)[1] + len(v) * log(2 * pi * e) for _, v in self._latent_parts()
        )

    def kl(self, other):
        """KL(q ‖ other), summed over rows, for two with the same latent coordinates.

        Parameters
        ----------
        other : GaussianPosterior

        Returns
        -------
        float
            In nats, not negative but for rounding.

        Notes
        -----
        ½ [tr(B⁻¹A) + (b − a)ᵀB⁻¹(b − a) − L + log |B| − log |A|] for N(a, A) and N(b, B).
        """
        total = 0.0
        for (a, spread), (b, scale) in zip(
            self._latent_parts(), other._latent_parts(), strict=True
        ):
            step = b - a
            total += 0.5 * (
                np.trace(np.linalg.solve(scale, spread))
                + step @ np.linalg.solve(scale, step)
                - len(a)
                + np.linalg.slogdet(scale)[1]
                - np.linalg.slogdet(spread)[1]
            )
        return float(total)

    def _latent_parts(self):
        for mean, covariance, latent in zip(self.means, self.covariances, self.latent, strict=True):
            yield mean[latent], covariance[np.ix_(latent, latent)]
