"""Expected sufficient statistics of a Gaussian mixture, which add over blocks of rows."""

from dataclasses import dataclass

import numpy as np

FAR = 1e4
"""A squared shift of the mean, in variances, from which on the moments lose four digits."""


@dataclass(eq=False)
class GaussianStatistics:
    """Weighted counts, first and second moments about a centre (equations 4.5 and 11.1).

    Moments about a point near the component do not cancel, however far the data lie from the
    origin (equation 11.7). Statistics about different centres add by first moving to a common one.

    Attributes
    ----------
    rows : float
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
        Σ_x r_k(x) (x − m_k)(x − m_k)ᵀ; only its diagonal, (K, d), where the model needs no more.

    Notes
    -----
    Chan, Golub and LeVeque (1983), The American Statistician 37, 242-247, on merging moments.
    """

    rows: float
    log_likelihood: float
    counts: np.ndarray
    centre: np.ndarray
    first: np.ndarray
    second: np.ndarray

    def __add__(self, other):
        """Those of both sets of cases, about the centre of the one with more (equation 11.2)."""
        centre = self.centre
        if other.centre is not centre:
            heavier = self.counts >= other.counts
            centre = np.where(heavier[:, None], self.centre, other.centre)
        left, right = self.about(centre), other.about(centre)
        return GaussianStatistics(
            self.rows + other.rows,
            self.log_likelihood + other.log_likelihood,
            self.counts + other.counts,
            centre,
            left.first + right.first,
            left.second + right.second,
        )

    def __mul__(self, factor):
        """Each case counted ``factor`` times: 1 / n turns sums into means a row."""
        return GaussianStatistics(
            self.rows * factor,
            self.log_likelihood * factor,
            self.counts * factor,
            self.centre,
            self.first * factor,
            self.second * factor,
        )

    def about(self, centre):
        """The same statistics about other points (equation 11.4).

        With x − m' = (x − m) + s and s = m − m', the first moments gain c s and the second
        f sᵀ + s fᵀ + c s sᵀ, where f is the old first moment.

        Parameters
        ----------
        centre : array, (K, d)

        Returns
        -------
        GaussianStatistics
        """
        if centre is self.centre:
            return self
        shift = self.centre - centre
        mass = self.counts[:, None] * shift
        return GaussianStatistics(
            self.rows,
            self.log_likelihood,
            self.counts,
            centre,
            self.first + mass,
            self.second
            + self._product(self.first, shift)
            + self._product(shift, self.first)
            + self._product(mass, shift),
        )

    def central(self):
        """Each component's mean, and its scatter about that mean.

        Returns
        -------
        means : array, (K, d)
            m_k + f_k / c_k, with f the first moment; every c_k must be positive.
        scatter : array, as ``second``
            Σ_x r_k(x) (x − mean)(x − mean)ᵀ (equations 4.18 and 11.5).
        """
        shift = self.first / self.counts[:, None]
        return self.centre + shift, self.second - self._product(self.first, shift)

    def cancels(self):
        """Whether a mean lies so far from its centre that the scatter loses over four digits.

        That is f² > FAR (c s − f²) in some coordinate, with f and s its first and second moment:
        the factor of equation 11.7.

        Returns
        -------
        bool
        """
        second = self.second
        if second.ndim == 3:
            second = second.diagonal(axis1=1, axis2=2)
        far = self.first * self.first * (1 + 1 / FAR) > self.counts[:, None] * second
        return np.count_nonzero(far) > 0

    def _product(self, left, right):
        if self.second.ndim == 2:
            return left * right
        return left[:, :, None] * right[:, None, :]
