"""Arithmetic with the logarithms of probabilities: sums, normalisation, and 0 log 0 = 0."""

from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from em_helpers.arguments import FloatArray
from em_helpers.models.errors import ImpossibleRow


def log_sum_exp(a: ArrayLike, axis: int) -> FloatArray:
    """Return log Σ exp(a) along one axis, which is removed (equation 2.9).

    The largest entry of each sum is subtracted before anything is exponentiated, so the sum
    neither overflows nor loses its largest term. A sum whose terms are all log 0 = −inf is −inf.

    Parameters
    ----------
    a : array_like, (...)
        Logs; −inf is log 0.

    Returns
    -------
    array, the shape of ``a`` without ``axis``

    Raises
    ------
    ValueError
        ``a`` is not an array of numbers, or has no such axis, or the axis is empty.

    Notes
    -----
    Blanchard, Higham and Higham (2021), IMA Journal of Numerical Analysis 41, 2311-2330.

    Examples
    --------
    >>> float(log_sum_exp([-1000.0, -1000.0], axis=0))  # log(2) - 1000
    -999.3068528194401
    """
    a = np.asarray(a, dtype=float)
    largest = a.max(axis=axis, keepdims=True)
    largest = np.where(np.isfinite(largest), largest, 0.0)
    with np.errstate(divide="ignore"):
        return np.log(np.exp(a - largest).sum(axis=axis)) + np.squeeze(largest, axis=axis)


def normalise(log_joint: FloatArray, first_row: int = 0) -> tuple[FloatArray, FloatArray]:
    """Split log p(x, z), (n, K), into p(z | x), (n, K), and log p(x), (n,) (equations 3.2 and 3.4).

    Raises
    ------
    ImpossibleRow
        A row is −inf throughout: its posterior is 0 / 0. Rows are counted from ``first_row``.
    """
    posterior, log_density = normalise_columns(np.array(log_joint.T), first_row)
    return posterior.T, log_density


def normalise_columns(log_joint: FloatArray, first_row: int) -> tuple[FloatArray, FloatArray]:
    """Do the same for (K, n), in place, which is faster for many rows."""
    largest = np.maximum.reduce(log_joint, axis=0)
    if not isfinite(largest.dot(largest)):
        finite = np.isfinite(largest)
        if np.count_nonzero(finite) < finite.size:
            raise ImpossibleRow(first_row + int(np.argmin(finite)))
    log_joint -= largest
    posterior = np.exp(log_joint, out=log_joint)
    total = np.add.reduce(posterior, axis=0)
    posterior /= total
    np.log(total, out=total)
    total += largest
    return posterior, total


def log(p: ArrayLike) -> FloatArray:
    """Return the natural logarithm, with log 0 = −inf and no warning."""
    if np.count_nonzero(p) == np.size(p):
        return np.log(p)
    with np.errstate(divide="ignore"):
        return np.log(p)


def log_complement(p: FloatArray) -> FloatArray:
    """Return log(1 − p), with log 0 = −inf and no warning."""
    with np.errstate(divide="ignore"):
        return np.log1p(-p)


def times_log(p: ArrayLike, q: ArrayLike) -> FloatArray:
    """Return p log q entry by entry, with 0 log 0 = 0; p and q broadcast."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(p) > 0, np.multiply(p, np.log(q)), 0.0)


def log_factorials(x: FloatArray) -> FloatArray:
    """Return Σ log x! along each row: (n,) from whole numbers, (n, d).

    Only entries above 1 are computed, because log 0! = log 1! = 0, and most counts of words are
    0 or 1.
    """
    from scipy.special import gammaln

    above = x > 1
    rows = np.repeat(np.arange(len(x)), np.count_nonzero(above, axis=1))
    # NumPy's stubs leave out that weights make the sums real
    return np.bincount(rows, gammaln(x[above] + 1), len(x))  # type: ignore[return-value]


def linear_in_logs(a: FloatArray, logs: FloatArray) -> FloatArray:
    """Return the matrix product a @ logs, (n, K) from (n, p) and (p, K), with 0 · log 0 = 0.

    It is −inf where a positive entry of ``a`` meets log 0.
    """
    impossible = np.isneginf(logs)
    if not impossible.any():
        return a @ logs
    product = a @ np.where(impossible, 0.0, logs)
    product[(a > 0).astype(float) @ impossible > 0] = -np.inf
    return product
