"""Convert an answer to numbers; check their type and shape, and that they can be probabilities."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from em_helpers.checks.comparison import RELATIVE_TOLERANCE
from em_helpers.checks.failure import CheckFailure

ROUNDING = 1e-9


def array(
    name: str, value: Any, shape: tuple[int, ...], *, logs: bool = False
) -> NDArray[np.float64]:
    """Return an answer as a float64 array of the shape that the question asks for.

    Lists, float32 and integers are accepted as well. With ``logs``, so is −inf, the logarithm of 0.

    Raises
    ------
    CheckFailure
        Not numbers, another shape, NaN or infinite.
    """
    result = _real_numbers(name, value)
    if result.shape != tuple(shape):
        hint = ""
        if result.ndim == 2 and result.shape == tuple(shape)[::-1]:
            hint = ", its transpose: rows and columns are swapped"
        raise CheckFailure(
            "shape", f"{name} has shape {result.shape}; {tuple(shape)} was expected{hint}."
        )
    wrong = ~(np.isfinite(result) | (logs & np.isneginf(result)))
    if wrong.any():
        index = [int(i) for i in np.argwhere(wrong)[0]]
        at = f" at {index}" if index else ""
        or_log_of_zero = ", or −inf for log 0" if logs else ""
        raise CheckFailure(
            "finite",
            f"{name} holds {result[tuple(index)]}{at}; every entry must be a finite "
            f"number{or_log_of_zero}.",
        )
    return result


def number(name: str, value: Any) -> float:
    """Return an answer as one finite float; a NumPy scalar or an array of shape () is accepted."""
    return float(array(name, value, ()))


def integers(name: str, value: Any, shape: tuple[int, ...]) -> NDArray[np.int64]:
    """Return an answer as an array of whole numbers, such as labels; 2.0 counts as 2.

    Raises
    ------
    CheckFailure
        Not numbers, another shape, or a fraction.
    """
    result = array(name, value, shape)
    fractions = result[result != np.round(result)]
    if fractions.size:
        raise CheckFailure("whole numbers", f"{name} holds {fractions[0]:.6g}.")
    return result.astype(int)


def parts(name: str, value: Any, count: int) -> tuple[Any, ...]:
    """Return an answer that consists of ``count`` parts, in a tuple or a list, as a tuple."""
    if not isinstance(value, (tuple, list)) or len(value) != count:
        is_sequence = isinstance(value, (tuple, list))
        found = f"{len(value)} parts" if is_sequence else type(value).__name__
        raise CheckFailure("parts", f"{name} is {found}; a tuple of {count} was expected.")
    return tuple(value)


def rows_sum_to_one(name: str, value: NDArray[np.float64]) -> None:
    """Check that each row of ``value``, (n, K), sums to one, to 1e-6."""
    sums = value.sum(axis=1)
    worst = int(np.argmax(np.abs(sums - 1)))
    if abs(sums[worst] - 1) > RELATIVE_TOLERANCE:
        raise CheckFailure(
            "rows sum to one",
            f"row {worst} of {name} sums to {sums[worst]:.6g}; a distribution sums to 1.",
        )


def nonnegative(name: str, value: NDArray[np.float64]) -> None:
    """Check that no entry is below zero by more than rounding, 1e-9: 1 − 0.9 − 0.1 is −3e-17."""
    if (value < -ROUNDING).any():
        raise CheckFailure(
            "not negative", f"{name} holds {value.min():.6g}; it cannot be below zero."
        )


def _real_numbers(name: str, value: Any) -> NDArray[np.float64]:
    try:
        result = np.asarray(value)
        if result.dtype.kind == "c":
            raise TypeError("complex")
        return result.astype(float)
    except (TypeError, ValueError, OverflowError):
        raise CheckFailure(
            "numbers", f"{name} is not an array of real numbers but a {type(value).__name__}."
        ) from None
