"""Detection of a component whose covariance has shrunk to a rounding error."""

import numpy as np

from em_helpers.arguments import FloatArray

EPSILON = np.finfo(float).eps

COLLAPSED = 1e-14
"""The share of a variance below which what is left of it is rounding."""

SHRUNK = 1e-3
"""The fall of log |Σ|^½ in one step after which a collapse is looked for."""


def refuse_collapse(means: FloatArray, variances: FloatArray, inverse_pivots: FloatArray) -> None:
    """Raise a ValueError if a variance is a rounding error of its coordinate or of its mean.

    The pivot (L_k)²_ii of Σ_k = L_k L_kᵀ is what is left of coordinate i's variance after the
    coordinates before it have explained their part. ``variances`` are (Σ_k)_ii and
    ``inverse_pivots`` 1 / (L_k)_ii; both broadcast to the shape of ``means``, (K, d).
    """
    floors = COLLAPSED * variances + (2 * EPSILON * means) ** 2
    collapsed = floors * inverse_pivots**2 > 1
    if np.count_nonzero(collapsed):
        k, i = np.argwhere(collapsed)[0]
        raise ValueError(
            f"component {k} has collapsed: given the coordinates before it, its coordinate {i} "
            f"has no variance beyond rounding, because its points lie on fewer than d + 1 "
            f"distinct places, or a column repeats others."
        )
