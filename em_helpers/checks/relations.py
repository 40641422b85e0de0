"""Laws that tie an answer to another number, such as the same answer in other units."""

import numpy as np

from em_helpers.arguments import subscript
from em_helpers.checks.agreement import RELATIVE, apart
from em_helpers.checks.law import LawBroken


def alike(name, value, other_name, other, law, tolerance=RELATIVE):
    """Two ways to one number: both are told, as neither is the answer to the question.

    Parameters
    ----------
    name, other_name : str
        What the two are, in the lesson's words.
    value, other : float or array of one shape
    law : str
        Its name, without a colon: why the two are one.
    tolerance : float
        Relative to the largest entry of ``other``.

    Raises
    ------
    LawBroken
    """
    value, other = np.asarray(value, dtype=float), np.asarray(other, dtype=float)
    miss = np.abs(value - other)
    where = tuple(int(i) for i in np.unravel_index(np.argmax(miss), miss.shape))
    scale = float(np.abs(other).max())
    if not miss[where] <= tolerance * (scale if scale > 0 else 1.0):
        at = subscript(where)
        one, two = apart(value[where], other[where])
        raise LawBroken(
            law, f"{name}{at} is {one}, but {other_name}{at} is {two}; the two are the same number."
        )
