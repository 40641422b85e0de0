"""Laws on numbers: distributions, bounds, agreement."""

import numpy as np

from em_helpers.arguments import subscript
from em_helpers.checks.law import LawBroken

RELATIVE = 1e-6
ROUNDING = 1e-9


def rows_sum_to_one(name, value):
    """Each row is a distribution as far as its sum goes, to 1e-6.

    Parameters
    ----------
    name : str
    value : array, (n, K)

    Raises
    ------
    LawBroken
    """
    sums = value.sum(axis=1)
    worst = int(np.argmax(np.abs(sums - 1)))
    if abs(sums[worst] - 1) > RELATIVE:
        raise LawBroken(
            "rows sum to one",
            f"row {worst} of {name} sums to {sums[worst]:.6g}; a distribution sums to 1.",
        )


def none_negative(name, value):
    """No entry is below zero by more than rounding, 1e-9: 1 − 0.9 − 0.1 is −3e-17.

    Parameters
    ----------
    name : str
    value : array

    Raises
    ------
    LawBroken
    """
    if (value < -ROUNDING).any():
        raise LawBroken("not negative", f"{name} holds {value.min():.6g}; it cannot be below zero.")


def at_most(name, value, bound, law, tolerance=RELATIVE):
    """One number does not exceed another that the law bounds it by.

    Parameters
    ----------
    name : str
    value, bound : float
    law : str
        Its name, without a colon.
    tolerance : float
        Relative to the larger of 1 and the bound.

    Raises
    ------
    LawBroken
    """
    if value > bound + tolerance * max(1.0, abs(bound)):
        value, bound = apart(value, bound)
        raise LawBroken(law, f"{name} is {value}, but it is at most {bound}.")


def equals(name, value, expected, law, tolerance=RELATIVE):
    """A hand-worked example, whose result the lesson shows: both numbers are told.

    Parameters
    ----------
    name : str
    value, expected : float or array of one shape
    law : str
        Its name, without a colon.
    tolerance : float
        Relative to the largest expected entry.

    Raises
    ------
    LawBroken
    """
    where, off, allowed = _worst(value, expected, tolerance)
    if not off <= allowed:
        at = subscript(where)
        came, by_hand = apart(np.asarray(value)[where], np.asarray(expected)[where])
        raise LawBroken(law, f"{name}{at} is {came}; worked by hand it is {by_hand}.")


def agrees(name, value, expected, law, tolerance=RELATIVE):
    """Agreement with the reference, which is not told: only the student's number and the miss.

    Parameters
    ----------
    name : str
    value, expected : float or array of one shape
    law : str
        Its name, without a colon.
    tolerance : float
        Relative to the largest expected entry.

    Raises
    ------
    LawBroken
    """
    where, off, allowed = _worst(value, expected, tolerance)
    if not off <= allowed:
        at = subscript(where)
        raise LawBroken(
            law,
            f"{name}{at} is {np.asarray(value)[where]:.6g} on a problem drawn at random, which is "
            f"{_in_words(off / allowed * tolerance)} of the largest entry away "
            f"({tolerance:.0e} is allowed).",
        )


def apart(one, other):
    """Two numbers in six digits, or in as many as tell them apart.

    Parameters
    ----------
    one, other : float

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> apart(0.25, 1 / 3)
    ('0.25', '0.333333')
    >>> apart(1.99999601, 2.0)
    ('1.999996', '2')
    """
    for digits in range(6, 18):
        told = f"{one:.{digits}g}", f"{other:.{digits}g}"
        if told[0] != told[1]:
            break
    return told


def _worst(value, expected, tolerance):
    miss = np.abs(np.asarray(value, dtype=float) - expected)
    where = tuple(int(i) for i in np.unravel_index(np.argmax(miss), miss.shape))
    scale = float(np.abs(expected).max())
    return where, float(miss[where]), tolerance * (scale if scale > 0 else 1.0)


def _in_words(share):
    return f"{100 * share:.2g} %" if share >= 1e-4 else f"a share of {share:.1e}"
