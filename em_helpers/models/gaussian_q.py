"""A Gaussian q(z) for every row, for models whose latent variables are real numbers."""

from dataclasses import dataclass
from math import e, log, pi

import numpy as np
from numpy.typing import NDArray

from em_helpers import arguments
from em_helpers.arguments import FloatArray


@dataclass(frozen=True, eq=False)
class GaussianQ:
    """q(z) = N(means, covariances) for each row.

    Parameters
    ----------
    means : array_like, (n, L)
    covariances : array_like, (n, L, L), or (L, L) for one that all rows share
        Positive definite in the coordinates that are latent.
    latent : array_like of bool, (n, L), optional
        Which coordinates are latent in each row; all of them by default. The means of the other
        coordinates are their known values, and their covariances are ignored.

    Raises
    ------
    ValueError
        Shapes that do not fit together, or means that are not finite.
    """

    means: FloatArray
    covariances: FloatArray
    latent: NDArray[np.bool_] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
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

    def entropy(self) -> float:
        """Return −E_q[log q] = Σ ½ log |2πe V| in nats, summed over rows; it may be negative."""
        parts = (self._latent_part(row)[1] for row in range(len(self.means)))
        return 0.5 * sum(np.linalg.slogdet(v)[1] + len(v) * log(2 * pi * e) for v in parts)

    def kl(self, other: "GaussianQ") -> float:
        """Return KL(q ‖ other), summed over rows.

        Parameters
        ----------
        other : GaussianQ
            With the same latent coordinates.

        Returns
        -------
        float
            In nats; not negative, except by rounding.

        Raises
        ------
        ValueError
            The rows or the latent coordinates differ.

        Notes
        -----
        ½ [tr(B⁻¹A) + (b − a)ᵀB⁻¹(b − a) − L + log |B| − log |A|] for N(a, A) and N(b, B).
        """
        if not np.array_equal(self.latent, other.latent):
            ours, theirs = (
                f"{q.latent.sum()} latent coordinates in a table of shape {q.latent.shape}"
                for q in (self, other)
            )
            raise ValueError(
                f"q has {ours}, but the other has {theirs}; a divergence compares two densities of "
                f"the same latent coordinates in the same rows."
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

    def _latent_part(self, row: int) -> tuple[FloatArray, FloatArray]:
        latent = self.latent[row]
        return self.means[row, latent], self.covariances[row][np.ix_(latent, latent)]
