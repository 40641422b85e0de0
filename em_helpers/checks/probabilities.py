"""Check that an answer consists of probabilities."""

import numpy as np
from numpy.typing import NDArray

from em_helpers.checks.comparison import RELATIVE_TOLERANCE
from em_helpers.checks.failure import CheckFailure

ROUNDING = 1e-9


def rows_sum_to_one(name: str, value: NDArray[np.float64]) -> None:
    """Check that each row sums to one, to 1e-6.

    Parameters
    ----------
    name : str
    value : array, (n, K)

    Raises
    ------
    CheckFailure
    """
    sums = value.sum(axis=1)
    worst = int(np.argmax(np.abs(sums - 1)))
    if abs(sums[worst] - 1) > RELATIVE_TOLERANCE:
        raise CheckFailure(
            "rows sum to one",
            f"row {worst} of {name} sums to {sums[worst]:.6g}; a distribution sums to 1.",
        )


def nonnegative(name: str, value: NDArray[np.float64]) -> None:
    """Check that no entry is below zero by more than rounding, 1e-9: 1 − 0.9 − 0.1 is −3e-17.

    Parameters
    ----------
    name : str
    value : array

    Raises
    ------
    CheckFailure
    """
    if (value < -ROUNDING).any():
        raise CheckFailure(
            "not negative", f"{name} holds {value.min():.6g}; it cannot be below zero."
        )
