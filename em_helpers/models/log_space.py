"""Sums of probabilities whose logs are all one has."""

import numpy as np


def log_sum_exp(a, axis):
    """log Σ exp(a) along one axis, which is removed (equation 2.9).

    The largest entry of each sum is taken off before anything is exponentiated, so the sum
    neither overflows nor loses its largest term. A sum of nothing but log 0 = −inf is −inf.

    Parameters
    ----------
    a : array_like, (...)
        Logs; −inf is log 0.
    axis : int

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


def log(p):
    """Natural logarithm with log 0 = −inf and no warning.

    Parameters
    ----------
    p : array_like, (...)

    Returns
    -------
    array, (...)
    """
    if np.count_nonzero(p) == np.size(p):
        return np.log(p)
    with np.errstate(divide="ignore"):
        return np.log(p)


def log_complement(p):
    """log(1 − p) with log 0 = −inf and no warning.

    Parameters
    ----------
    p : array, (...)

    Returns
    -------
    array, (...)
    """
    with np.errstate(divide="ignore"):
        return np.log1p(-p)


def times_log(p, q):
    """Entry by entry p log q, with 0 log 0 = 0.

    Parameters
    ----------
    p, q : array_like, of shapes that fit together

    Returns
    -------
    array
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(p) > 0, p * np.log(q), 0.0)


def log_factorials(x):
    """Σ log x! along each row, from the entries above 1, as log 0! = log 1! = 0.

    Counts of words are mostly 0 and 1, so little is left to compute.

    Parameters
    ----------
    x : array, (n, d)
        Whole numbers, none below 0.

    Returns
    -------
    array, (n,)
    """
    from scipy.special import gammaln

    above = x > 1
    rows = np.repeat(np.arange(len(x)), np.count_nonzero(above, axis=1))
    return np.bincount(rows, gammaln(x[above] + 1), minlength=len(x))


def linear_in_logs(a, logs):
    """A matrix product ``a @ logs`` in which 0 · log 0 = 0.

    Parameters
    ----------
    a : array, (n, p)
        Not negative where a log is −inf.
    logs : array, (p, K)

    Returns
    -------
    array, (n, K)
        −inf where a positive entry of ``a`` meets log 0.
    """
    impossible = np.isneginf(logs)
    if not impossible.any():
        return a @ logs
    product = a @ np.where(impossible, 0.0, logs)
    product[(a > 0).astype(float) @ impossible > 0] = -np.inf
    return product
