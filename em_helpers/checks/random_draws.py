"""Test random answers by their distribution, never draw by draw.

Draws that follow the law fail one of these tests with probability ``FALSE_ALARM`` at most, so a
right answer fails at least one of a hundred tests less than once in ten million.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from em_helpers.checks.failure import CheckFailure

FALSE_ALARM = 1e-9
"""An upper bound on the probability that one test rejects a right answer."""


def frequencies(name: str, counts: ArrayLike, probabilities: ArrayLike, law: str) -> None:
    """Test whether the values of independent draws are as frequent as their probabilities say.

    ``counts``, (K,), are how often each value was drawn, and ``probabilities``, (K,), sum to one.
    Each count is binomial; the bounds leave ``FALSE_ALARM / 2K`` on either side.
    """
    counts, probabilities = np.asarray(counts), np.asarray(probabilities)
    n, tail = counts.sum(), FALSE_ALARM / (2 * counts.size)
    low, high = stats.binom.ppf(tail, n, probabilities), stats.binom.isf(tail, n, probabilities)
    wrong = (counts < low) | (counts > high)
    if wrong.any():
        k = int(np.argmax(wrong))
        raise CheckFailure(
            law,
            f"{name} {k} came {counts[k]} times in {n}; with its probability, "
            f"{probabilities[k]:.3g}, chance alone leaves between {low[k]:.0f} and {high[k]:.0f}.",
        )


def mean_zero(name: str, draws: ArrayLike, law: str) -> None:
    """Test whether standard normal draws, (m,) or (m, c) with independent rows, have mean zero."""
    columns = _columns(draws)
    means, m = columns.mean(axis=0), len(columns)
    bound = stats.norm.isf(FALSE_ALARM / (2 * means.size)) / np.sqrt(m)
    worst = int(np.argmax(np.abs(means)))
    if np.abs(means[worst]) > bound:
        raise CheckFailure(
            law,
            f"the mean of {name}{_which(worst, means)} over {m} draws is {means[worst]:.3g} "
            f"standard deviations away from where it should be; chance alone leaves it within "
            f"{bound:.2g}.",
        )


def variance_one(name: str, draws: ArrayLike, law: str) -> None:
    """Test whether standard normal draws, (m,) or (m, c) with independent rows, have variance one.

    The sum of squares of a column is chi-squared with m degrees of freedom.
    """
    columns = _columns(draws)
    squares, m = np.mean(columns**2, axis=0), len(columns)
    tail = FALSE_ALARM / (2 * squares.size)
    low, high = stats.chi2.ppf(tail, m) / m, stats.chi2.isf(tail, m) / m
    wrong = (squares < low) | (squares > high)
    if wrong.any():
        column = int(np.argmax(wrong))
        raise CheckFailure(
            law,
            f"the variance of {name}{_which(column, squares)} over {m} draws is "
            f"{squares[column]:.3g} times what it should be; chance alone leaves between "
            f"{low:.2g} and {high:.2g} times.",
        )


def normally_distributed(name: str, draws: ArrayLike, law: str) -> None:
    """Test whether independent draws, (m,), have the standard normal distribution function.

    The largest gap between the empirical and the true distribution function exceeds ε with
    probability 2 exp(−2mε²) at most (Massart, 1990, Annals of Probability 18, 1269-1283).
    """
    expected = np.sort(stats.norm.cdf(np.asarray(draws)))
    m = expected.size
    gap = max(np.max(np.arange(1, m + 1) / m - expected), np.max(expected - np.arange(m) / m))
    bound = np.sqrt(np.log(2 / FALSE_ALARM) / (2 * m))
    if gap > bound:
        raise CheckFailure(
            law,
            f"the share of {name} below some value is {gap:.2g} off that of a normal distribution "
            f"over {m} draws; chance alone leaves it within {bound:.2g}.",
        )


def _columns(draws: ArrayLike) -> NDArray[np.float64]:
    draws = np.asarray(draws)
    return draws.reshape(len(draws), -1)


def _which(column: int, columns: NDArray[np.float64]) -> str:
    return f", column {column}," if columns.size > 1 else ""
