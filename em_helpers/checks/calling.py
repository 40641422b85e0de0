"""Call an answer on copies of its arguments, and detect arguments that it changes in place."""

import contextlib
import copy
import inspect
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from em_helpers.checks.failure import CheckFailure


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call an answer on copies of the arguments and check that it leaves them unchanged.

    Whatever the answer writes to stderr, including warnings, goes to stdout: it is shown and costs
    no points. Exceptions of the answer are passed on. The arguments are arrays, lists, numbers,
    tuples of these, or a ``numpy.random.Generator``.

    Raises
    ------
    CheckFailure
        The answer returned None, or changed an argument in place.
    """
    copies = copy.deepcopy(arguments)
    name = getattr(function, "__name__", "the answer")
    with contextlib.redirect_stderr(sys.stdout), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        result = function(*copies)
    for warning in caught:
        print(f"{warning.category.__name__}: {warning.message}")
    if result is None:
        raise CheckFailure(
            "returns a value", f"{name} returned None; is its return statement missing?"
        )
    for position, (before, after) in enumerate(zip(arguments, copies, strict=True)):
        if not _unchanged(before, after):
            raise CheckFailure(
                "arguments stay as they were",
                f"{name} changed its argument {_parameter_name(function, position)!r} in place, so "
                f"its caller has lost the data; work on a copy, or build a new array.",
            )
    return result


def _unchanged(before: Any, after: Any) -> bool:
    if isinstance(before, (tuple, list)):
        return len(before) == len(after) and all(map(_unchanged, before, after))
    if isinstance(before, np.random.Generator):
        return True
    if isinstance(before, np.ndarray):
        return before.shape == after.shape and np.array_equal(
            before, after, equal_nan=before.dtype.kind in "fc"
        )
    return bool(before == after)


def _parameter_name(function: Callable[..., Any], position: int) -> str:
    try:
        return list(inspect.signature(function).parameters)[position]
    except (TypeError, ValueError, IndexError):
        return f"number {position + 1}"
