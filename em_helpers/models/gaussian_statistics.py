"""Expected sufficient statistics of a Gaussian mixture: moments about a centre near the data."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from em_helpers.arguments import FloatArray
from em_helpers.models.mixture import MixtureStatistics
from em_helpers.models.statistics import CentredStatistics

FAR = 1e4
"""The squared shift of a mean, in variances, above which the moments lose four digits."""


@dataclass(frozen=True, eq=False)
class GaussianStatistics(CentredStatistics, MixtureStatistics):
    """Weighted counts, and first and second moments about a centre (equations 4.5 and 11.1).

    Moments about a point near the component do not cancel, however far the data lie from the
    origin (equation 11.7).

    Attributes
    ----------
    counts : array, (K,)
        c_k = Σ_x r_k(x).
    centre : array, (K, d)
        The points m_k that the moments are taken about.
    first : array, (K, d)
        Σ_x r_k(x) (x − m_k).
    second : array, (K, d, d)
        Σ_x r_k(x) (x − m_k)(x − m_k)ᵀ; only its diagonal, (K, d), if the model needs no more.
    """

    counts: FloatArray
    centre: FloatArray
    first: FloatArray
    second: FloatArray

    def means_and_scatter(self) -> tuple[FloatArray, FloatArray]:
        """Return each component's mean, and its scatter about that mean.

        Returns
        -------
        means : array, (K, d)
            m_k + f_k / c_k, with f the first moment; every c_k must be positive.
        scatter : array, of the shape of ``second``
            Σ_x r_k(x) (x − mean)(x − mean)ᵀ (equations 4.18 and 11.5).
        """
        shift = self.first / self.counts[:, None]
        return self.centre + shift, self.second - self._product(self.first, shift)

    def loses_precision(self) -> bool:
        """Tell whether a mean lies so far from its centre that the scatter loses four digits.

        The criterion is f² > FAR (c s − f²) in some coordinate, with f and s its first and second
        moment: the factor of equation 11.7.
        """
        second = self.second
        if second.ndim == 3:
            second = second.diagonal(axis1=1, axis2=2)
        far = self.first * self.first * (1 + 1 / FAR) > self.counts[:, None] * second
        return bool(np.count_nonzero(far))

    def _common_centre(self, other: Self) -> FloatArray:
        """Each component's centre in the statistics that hold more of it."""
        if other.centre is self.centre:
            return self.centre
        return np.where((self.counts >= other.counts)[:, None], self.centre, other.centre)

    def _moved_to(self, centre: FloatArray) -> Self:
        """With x − m' = (x − m) + s and s = m − m', f gains c s, the second moment
        f sᵀ + s fᵀ + c s sᵀ (equation 11.4)."""
        shift = self.centre - centre
        mass = self.counts[:, None] * shift
        second = self.second + self._product(self.first, shift)
        second = second + self._product(shift, self.first) + self._product(mass, shift)
        return replace(self, centre=centre, first=self.first + mass, second=second)

    def _product(self, left: FloatArray, right: FloatArray) -> FloatArray:
        if self.second.ndim == 2:
            return left * right
        return left[:, :, None] * right[:, None, :]
