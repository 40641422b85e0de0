"""Compute the sums of a Gaussian mixture's E-step in blocks of rows, without cancellation.

Arrays have the component first and the rows last, (K, d, n). What is computed is equation 4.5; this
module only decides in which order, and about which points.
"""

import operator
from collections.abc import Callable
from math import isfinite

import numpy as np

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.models.gaussian_statistics import GaussianStatistics
from em_helpers.models.log_space import normalise_columns
from em_helpers.models.row_blocks import gaussian_block_rows, row_blocks

TINY = np.finfo(float).tiny

LogJoint = Callable[[FloatArray], FloatArray]
"""From the deviations x − μ_k, (K, d, n), to log p(x, z=k; θ), (K, n)."""

SecondMoments = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
"""From r, r (x − m) and x − m to Σ_x r_k (x − m_k)(x − m_k)ᵀ, in the model's form."""


def log_joint_of_rows(x: FloatArray, means: FloatArray, log_joint: LogJoint) -> FloatArray:
    """Compute log p(x, z=k; θ) of every row, (n, K), some rows at a time."""
    result = np.empty((x.shape[0], means.shape[0]))
    for block in row_blocks(x.shape[0], gaussian_block_rows(*means.shape)):
        result[block] = log_joint(_deviations(x[block], means)).T
    return result


def expected_sums(
    x: FloatArray,
    q: FloatArray | None,
    means: FloatArray,
    log_joint: LogJoint,
    second_moments: SecondMoments,
) -> GaussianStatistics:
    """Sum the expected statistics over the rows of x, (n, d), at q, (n, K), or at the posterior.

    Sums are taken about the current means, (K, d). If the data move a mean by a hundred standard
    deviations or more, these sums would cancel, and are taken once more about the new mean.
    """
    statistics = _sums(x, q, means, means, log_joint, second_moments)
    if statistics.loses_precision():
        counts = np.maximum(statistics.counts, TINY)
        centre = statistics.centre + statistics.first / counts[:, None]
        statistics = _sums(x, q, means, centre, log_joint, second_moments)
    return statistics


def _sums(
    x: FloatArray,
    q: FloatArray | None,
    means: FloatArray,
    centre: FloatArray,
    log_joint: LogJoint,
    second_moments: SecondMoments,
) -> GaussianStatistics:
    totals: tuple = ()
    for block in row_blocks(x.shape[0], gaussian_block_rows(*means.shape)):
        deviations = _deviations(x[block], means)
        if q is None:
            if not isfinite(np.vdot(deviations[0], deviations[0])):
                arguments.rows("x", x)
            r, log_density = normalise_columns(log_joint(deviations), block.start)
            log_likelihood = np.add.reduce(log_density)
        else:
            r, log_likelihood = q[block].T, np.nan
        if centre is not means:
            deviations = _deviations(x[block], centre)
        weighted = r[:, None, :] * deviations
        first = np.add.reduce(weighted, axis=2)
        second = second_moments(r, weighted, deviations)
        part = log_likelihood, np.add.reduce(r, axis=1), first, second
        totals = tuple(map(operator.add, totals, part)) if totals else part
    log_likelihood, counts, first, second = totals
    return GaussianStatistics(x.shape[0], float(log_likelihood), counts, centre, first, second)


def _deviations(x: FloatArray, centre: FloatArray) -> FloatArray:
    """x − m_k, (K, d, n)."""
    return np.ascontiguousarray(x.T, dtype=float) - centre[:, :, None]
