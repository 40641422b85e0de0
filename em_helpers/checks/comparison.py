"""Compare an answer with a worked example, the reference, a bound or another computation of it."""

import numpy as np
from numpy.typing import ArrayLike

from em_helpers.arguments import subscript
from em_helpers.checks.failure import CheckFailure

RELATIVE_TOLERANCE = 1e-6


def at_most(
    name: str, value: float, bound: float, law: str, tolerance: float = RELATIVE_TOLERANCE
) -> None:
    """Check that a number does not exceed an upper bound, which the law gives.

    The tolerance is relative to the larger of 1 and the bound.
    """
    if value > bound + tolerance * max(1.0, abs(bound)):
        found, limit = distinguishable(value, bound)
        raise CheckFailure(law, f"{name} is {found}, but it is at most {limit}.")


def equals(
    name: str, value: ArrayLike, expected: ArrayLike, law: str,
    tolerance: float = RELATIVE_TOLERANCE,
) -> None:  # fmt: skip
    """Check an answer against a worked example; the message shows both numbers."""
    index, error, allowed = _largest_error(value, expected, tolerance)
    if not error <= allowed:
        found, by_hand = distinguishable(np.asarray(value)[index], np.asarray(expected)[index])
        raise CheckFailure(
            law, f"{name}{subscript(index)} is {found}; worked by hand it is {by_hand}."
        )


def agrees(
    name: str, value: ArrayLike, expected: ArrayLike, law: str,
    tolerance: float = RELATIVE_TOLERANCE,
) -> None:  # fmt: skip
    """Check an answer against the reference; the message does not show the expected number."""
    index, error, allowed = _largest_error(value, expected, tolerance)
    if not error <= allowed:
        relative_error = error / allowed * tolerance
        share = f"{100 * relative_error:.2g} %"
        if not relative_error >= 1e-4:
            share = f"a share of {relative_error:.1e}"
        raise CheckFailure(
            law,
            f"{name}{subscript(index)} is {np.asarray(value)[index]:.6g} on a problem drawn at "
            f"random, which is {share} of the largest entry away ({tolerance:.0e} is allowed).",
        )


def consistent(
    name: str, value: ArrayLike, other_name: str, other: ArrayLike, law: str,
    tolerance: float = RELATIVE_TOLERANCE,
) -> None:  # fmt: skip
    """Check that two computations give the same number; the message shows both.

    ``other_name`` is what the other computation is, and the law says why the two are equal.
    """
    index, error, allowed = _largest_error(value, other, tolerance)
    if not error <= allowed:
        at = subscript(index)
        first, second = distinguishable(np.asarray(value)[index], np.asarray(other)[index])
        raise CheckFailure(
            law,
            f"{name}{at} is {first}, but {other_name}{at} is {second}; "
            f"the two are the same number.",
        )


def distinguishable(first: float, second: float) -> tuple[str, str]:
    """Format two numbers with six digits, or with as many as it takes to tell them apart.

    Examples
    --------
    >>> distinguishable(0.25, 1 / 3)
    ('0.25', '0.333333')
    >>> distinguishable(1.99999601, 2.0)
    ('1.999996', '2')
    """
    for digits in range(6, 18):
        texts = f"{first:.{digits}g}", f"{second:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts


def _largest_error(
    value: ArrayLike, expected: ArrayLike, tolerance: float
) -> tuple[tuple[int, ...], float, float]:
    """Return the index of the largest error, that error, and the error that is allowed."""
    errors = np.abs(np.asarray(value, dtype=float) - np.asarray(expected, dtype=float))
    index = tuple(int(i) for i in np.unravel_index(np.argmax(errors), errors.shape))
    scale = float(np.abs(expected).max())
    return index, float(errors[index]), tolerance * (scale if scale > 0 else 1.0)
