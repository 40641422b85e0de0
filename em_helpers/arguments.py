"""Validate the arguments of public functions and convert them to arrays.

Each function raises a ValueError if the value is not what it describes. The message names the
argument by ``name`` and says what it is, what was expected, and what to do.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.floating]
IntArray = NDArray[np.integer]


def rows(name: str, value: ArrayLike, columns: int | None = None) -> FloatArray:
    """Return finite data with one row per case, (n, d), as float64; a float64 input is not copied.

    There must be at least one row and one column, and d must be ``columns`` if that is given.
    """
    array = _numbers(name, value)
    if array.ndim != 2:
        advice = f"; write {name}[:, None] for one column" if array.ndim == 1 else ""
        raise ValueError(
            f"{name} has shape {array.shape}; a table of n rows and d columns was expected{advice}."
        )
    if array.shape[0] == 0 or array.shape[1] == 0:
        raise ValueError(f"{name} is empty, shape {array.shape}; give at least one row and column.")
    if columns is not None and array.shape[1] != columns:
        raise ValueError(
            f"{name} has {array.shape[1]} columns, but the model's x has {columns}; "
            f"use the columns that the model was made for."
        )
    _refuse_non_finite(name, array)
    return array


def rows_with_gaps(name: str, value: ArrayLike, columns: int | None = None) -> FloatArray:
    """Return data, (n, d), as ``rows`` does, but accept NaN for missing entries."""
    array = _numbers(name, value)
    rows(name, np.where(np.isnan(array), 0.0, array), columns)
    return array


def unchecked_rows(name: str, value: ArrayLike, columns: int) -> NDArray[Any]:
    """Return data of any numeric type, (n, d), unconverted and without looking at its entries.

    An E-step that processes the rows in blocks uses it and checks each block later.
    """
    array = np.asarray(value)
    is_table = array.ndim == 2 and array.shape[0] and array.shape[1] == columns
    if is_table and array.dtype.kind in "fiub":
        return array
    return rows(name, value, columns)


def distribution(name: str, value: ArrayLike, components: int | None = None) -> FloatArray:
    """Return probabilities of K components as float64, (K,): nonnegative, with sum 1 to 1e-8."""
    array = _numbers(name, value)
    if array.ndim != 1 or array.size == 0 or (components and array.size != components):
        expected = f"({components},)" if components else "(K,) with K ≥ 1"
        raise ValueError(f"{name} has shape {array.shape}; {expected} was expected.")
    _refuse_non_finite(name, array)
    _refuse_improper(name, array, array.sum(), "they")
    return array


def row_distributions(name: str, value: ArrayLike, shape: tuple[int, ...]) -> FloatArray:
    """Return one distribution over the K components per row as float64, (n, K).

    Entries are nonnegative, and the sum of each row is 1 to 1e-8.
    """
    array = _numbers(name, value)
    if array.shape != shape:
        raise ValueError(
            f"{name} has shape {array.shape}; one row per case and one column per component, "
            f"{shape}, was expected."
        )
    _refuse_non_finite(name, array)
    sums = array.sum(axis=1)
    worst = int(np.argmax(np.abs(sums - 1)))
    _refuse_improper(name, array, sums[worst], f"row {worst}'s entries")
    return array


def table(name: str, value: ArrayLike, shape: tuple[int, ...], meaning: str) -> FloatArray:
    """Return finite numbers of a given shape as float64; ``meaning`` explains the shape."""
    array = _numbers(name, value)
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}; {shape} was expected: {meaning}.")
    _refuse_non_finite(name, array)
    return array


def symmetric(name: str, matrices: FloatArray) -> None:
    """Check that matrices, (..., d, d), are symmetric, to 1e-8 of the largest entry of each."""
    transposed = np.swapaxes(matrices, -1, -2)
    if np.array_equal(matrices, transposed):
        return
    difference = np.abs(matrices - transposed).max(axis=(-1, -2))
    wrong = difference > 1e-8 * np.abs(matrices).max(axis=(-1, -2))
    if wrong.any():
        index = _first(wrong)
        raise ValueError(
            f"{name}{subscript(index)} is not symmetric: it differs from its transpose by up to "
            f"{difference[index]:.3g}; use (Σ + Σᵀ) / 2 if that is rounding."
        )


def positive_definite(name: str, matrices: FloatArray) -> None:
    """Check that symmetric matrices, (K, d, d), are positive definite.

    The message names the worst matrix and its smallest eigenvalue.
    """
    for k, matrix in enumerate(matrices):
        if not np.isfinite(matrix).all():
            raise ValueError(f"{name}[{k}] holds {matrix[~np.isfinite(matrix)][0]}.")
    try:
        np.linalg.cholesky(matrices)
    except np.linalg.LinAlgError:
        k, smallest = min(
            enumerate(np.linalg.eigvalsh(matrix)[0] for matrix in matrices),
            key=lambda pair: pair[1],
        )
        raise ValueError(
            f"{name}[{k}] is not positive definite: its smallest eigenvalue is {smallest:.3g}. "
            f"A Gaussian needs every direction to have positive variance; look for a component "
            f"on fewer than d + 1 distinct points, or for a column that repeats another."
        ) from None


def at_least(name: str, value: ArrayLike, least: float) -> float:
    """Return a finite number that is not below a bound."""
    number = float(table(name, value, (), "one number"))
    if number < least:
        raise ValueError(f"{name} is {number:g}; at least {least} was expected.")
    return number


def whole_numbers(name: str, value: FloatArray, least: int = 0) -> None:
    """Check that every entry is a whole number and not below a bound."""
    wrong = (value != np.floor(value)) | (value < least)
    if wrong.any():
        index = _first(wrong)
        raise ValueError(
            f"{name}{subscript(index)} is {value[index]:g}; whole numbers from {least} on were "
            f"expected."
        )


def probabilities(name: str, value: ArrayLike, shape: tuple[int, ...], meaning: str) -> FloatArray:
    """Return numbers between 0 and 1 of a given shape as float64."""
    array = table(name, value, shape, meaning)
    if (array < 0).any() or (array > 1).any():
        raise ValueError(
            f"{name} hold {array.min():.6g} to {array.max():.6g}; each is a "
            f"probability between 0 and 1."
        )
    return array


def subscript(index: tuple[Any, ...]) -> str:
    """Return an entry's index as written after an array's name; "" for a single number."""
    return f"[{', '.join(map(str, index))}]" if index else ""


def _numbers(name: str, value: ArrayLike) -> FloatArray:
    try:
        array = np.asarray(value)
        if array.dtype.kind == "c":
            raise TypeError("they are complex")
        return array.astype(float, copy=False)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} is not an array of numbers ({error}).") from None


def _first(wrong: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(wrong)[0])


def _refuse_non_finite(name: str, array: FloatArray) -> None:
    if not np.isfinite(array).all():
        index = _first(~np.isfinite(array))
        raise ValueError(
            f"{name}{subscript(index)} is {array[index]}; every entry must be a finite number: "
            f"leave such cases out, or use a model for missing entries."
        )


def _refuse_improper(name: str, array: FloatArray, total: float, whose: str) -> None:
    if (array < 0).any():
        raise ValueError(f"{name} holds {array.min():.6g}; a probability is never negative.")
    if abs(total - 1) > 1e-8:
        raise ValueError(
            f"{name} is not a distribution: {whose} sum to {total:.10g}, not to 1; "
            f"divide by the sum."
        )
