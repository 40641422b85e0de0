"""The form of an answer: is it numbers, of the right shape, finite."""

import numpy as np

from em_helpers.checks.law import LawBroken


def array(name, value, shape, *, logs=False):
    """An answer as a float64 array of the shape that the question asks for.

    Lists, float32 and integers are taken as well.

    Parameters
    ----------
    name : str
        What the answer is, in the lesson's words.
    value : object
    shape : tuple of int
    logs : bool
        The entries are logarithms, so that −inf, the logarithm of 0, is taken.

    Returns
    -------
    array

    Raises
    ------
    LawBroken
        Not numbers, another shape, NaN or infinite.
    """
    result = _real_numbers(name, value)
    if result.shape != tuple(shape):
        hint = ""
        if result.ndim == 2 and result.shape == tuple(shape)[::-1]:
            hint = ", its transpose: rows and columns are swapped"
        raise LawBroken(
            "shape", f"{name} has shape {result.shape}; {tuple(shape)} was expected{hint}."
        )
    wrong = ~(np.isfinite(result) | (logs & np.isneginf(result)))
    if wrong.any():
        where = [int(i) for i in np.argwhere(wrong)[0]]
        at = f" at {where}" if where else ""
        or_what = ", or −inf for log 0" if logs else ""
        raise LawBroken(
            "finite",
            f"{name} holds {result[tuple(where)]}{at}; every entry is a finite number{or_what}.",
        )
    return result


def number(name, value):
    """An answer as one finite float; a NumPy scalar or an array of shape () will do.

    Parameters
    ----------
    name : str
    value : object

    Returns
    -------
    float

    Raises
    ------
    LawBroken
        Not one finite number.
    """
    return float(array(name, value, ()))


def integers(name, value, shape):
    """An answer as an array of whole numbers, such as labels; 2.0 counts as 2.

    Parameters
    ----------
    name : str
    value : object
    shape : tuple of int

    Returns
    -------
    array of int

    Raises
    ------
    LawBroken
        Not numbers, another shape, or a fraction.
    """
    result = array(name, value, shape)
    if (result != np.round(result)).any():
        raise LawBroken(
            "whole numbers", f"{name} holds {result[result != np.round(result)][0]:.6g}."
        )
    return result.astype(int)


def parts(name, value, count):
    """An answer that has several parts, as a tuple of them.

    Parameters
    ----------
    name : str
    value : object
        A tuple or a list.
    count : int

    Returns
    -------
    tuple

    Raises
    ------
    LawBroken
        Not a tuple, or another number of parts.
    """
    if not isinstance(value, (tuple, list)) or len(value) != count:
        came = f"{len(value)} parts" if isinstance(value, (tuple, list)) else type(value).__name__
        raise LawBroken("parts", f"{name} is {came}; a tuple of {count} was expected.")
    return tuple(value)


def _real_numbers(name, value):
    try:
        result = np.asarray(value)
        if result.dtype.kind == "c":
            raise TypeError("complex")
        return result.astype(float)
    except (TypeError, ValueError, OverflowError):
        raise LawBroken(
            "numbers", f"{name} is no array of real numbers but a {type(value).__name__}."
        ) from None
