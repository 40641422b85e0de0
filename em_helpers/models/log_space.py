"""Sums of probabilities whose logs are all one has (equation 2.8)."""

import numpy as np


def log_sum_exp(a, axis):
    """log Σ exp(a) along one axis, which is removed.

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
    """
    a = np.asarray(a, dtype=float)
    largest = a.max(axis=axis, keepdims=True)
    largest = np.where(np.isfinite(largest), largest, 0.0)
    with np.errstate(divide="ignore"):
        return np.log(np.exp(a - largest).sum(axis=axis)) + np.squeeze(largest, axis=axis)
