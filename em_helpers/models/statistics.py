"""Expected sufficient statistics: sums over rows, so those of two sets of rows add."""

from dataclasses import dataclass, fields

import numpy as np


@dataclass(frozen=True, eq=False)
class Statistics:
    """What an E-step hands to an M-step; every attribute is a sum over rows.

    Attributes
    ----------
    rows : float
        n, the number of cases.
    log_likelihood : float
        log p of those cases at the parameters of the E-step; NaN for a q from elsewhere.
    """

    rows: float
    log_likelihood: float

    def __add__(self, other):
        """The statistics of both sets of cases (equation 11.2)."""
        return type(self)(
            *(getattr(self, part.name) + getattr(other, part.name) for part in fields(self))
        )

    def __mul__(self, factor):
        """Each case counted ``factor`` times: 1 / n turns sums into means a row."""
        return type(self)(*(getattr(self, part.name) * factor for part in fields(self)))


@dataclass(frozen=True, eq=False)
class MomentStatistics(Statistics):
    """What a mixture of exponential families needs of its data.

    Attributes
    ----------
    log_base : float
        Σ_x log h(x), the part of the log-likelihood that no parameter touches.
    counts : array, (K,)
        c_k = Σ_x q(z=k).
    sums : array, (K, p)
        Σ_x q(z=k) T(x), with T the sufficient statistic of the family.
    """

    log_base: float
    counts: np.ndarray
    sums: np.ndarray
