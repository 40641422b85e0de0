"""Expected sufficient statistics of a Gaussian mixture, which add over blocks of rows."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class GaussianStatistics:
    """Weighted counts, first and second moments about a centre (equations 4.5 and 11.1).

    Moments about a point near the component do not cancel, however far the data lie from the
    origin. Statistics about different centres add by first moving to a common one.

    Attributes
    ----------
    rows : int
        n, the number of cases.
    log_likelihood : float
        log p of those cases at the parameters of the E-step; NaN for a q from elsewhere.
    counts : array, (K,)
        c_k = Σ_x r_k(x).
    centre : array, (K, d)
        The points m_k that the moments are taken about.
    first : array, (K, d)
        Σ_x r_k(x) (x − m_k).
    second : array, (K, d, d)
        Σ_x r_k(x) (x − m_k)(x − m_k)ᵀ.
    """

    rows: int
    log_likelihood: float
    counts: np.ndarray
    centre: np.ndarray
    first: np.ndarray
    second: np.ndarray

    def __add__(self, other):
        """The statistics of both sets of cases, about this one's centre."""
        other = other.about(self.centre)
        return GaussianStatistics(
            self.rows + other.rows,
            self.log_likelihood + other.log_likelihood,
            self.counts + other.counts,
            self.centre,
            self.first + other.first,
            self.second + other.second,
        )

    def about(self, centre):
        """The same statistics about other points (equation 11.2).

        Parameters
        ----------
        centre : array, (K, d)

        Returns
        -------
        GaussianStatistics
        """
        if centre is self.centre or np.array_equal(centre, self.centre):
            return self
        shift = self.centre - centre
        cross = self.first[:, :, None] * shift[:, None, :]
        return GaussianStatistics(
            self.rows,
            self.log_likelihood,
            self.counts,
            centre,
            self.first + self.counts[:, None] * shift,
            self.second
            + cross
            + cross.transpose(0, 2, 1)
            + self.counts[:, None, None] * shift[:, :, None] * shift[:, None, :],
        )
