"""Calling a student's function fairly: on copies, whatever it prints, watching its arguments."""

import contextlib
import copy
import inspect
import sys
import warnings

import numpy as np

from em_helpers.checks.law import LawBroken


def ask(function, *arguments):
    """Call an answer on copies of the arguments and see that it left them alone.

    What the answer writes to stderr, warnings included, goes to stdout: it is shown, and costs
    nothing. Exceptions of the answer pass through.

    Parameters
    ----------
    function : callable
        The student's answer.
    *arguments
        Arrays, lists, numbers, tuples of these, or a ``numpy.random.Generator``.

    Returns
    -------
    object
        What the answer returned.

    Raises
    ------
    LawBroken
        It returned nothing, or changed an argument in place.
    """
    given = copy.deepcopy(arguments)
    name = getattr(function, "__name__", "the answer")
    with contextlib.redirect_stderr(sys.stdout), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("default")
        result = function(*given)
    for warning in warned:
        print(f"{warning.category.__name__}: {warning.message}")
    if result is None:
        raise LawBroken("returns a value", f"{name} returned None; does a return line lack?")
    for place, (before, after) in enumerate(zip(arguments, given, strict=True)):
        if not _same(before, after):
            raise LawBroken(
                "arguments stay as they were",
                f"{name} changed its argument {_parameter(function, place)!r} in place, so whoever "
                f"called it has lost the data; work on a copy, or build a new array.",
            )
    return result


def _same(before, after):
    if isinstance(before, (tuple, list)):
        return len(before) == len(after) and all(map(_same, before, after))
    if isinstance(before, np.random.Generator):
        return True
    if isinstance(before, np.ndarray):
        return before.shape == after.shape and np.array_equal(
            before, after, equal_nan=before.dtype.kind in "fc"
        )
    return before == after


def _parameter(function, place):
    try:
        return list(inspect.signature(function).parameters)[place]
    except (TypeError, ValueError, IndexError):
        return f"number {place + 1}"
