"""Laws on random answers: draws are judged by their distribution, never one by one.

Each test is exact or errs on the side of the answer: draws that follow the law fail it with
probability ``CHANCE`` at most, so a right answer survives a hundred such tests but for one time in
ten million.
"""

import numpy as np
from scipy import stats

from em_helpers.checks.law import LawBroken

CHANCE = 1e-9
"""The probability with which one test fails a right answer, at most."""


def frequencies(name, counts, probabilities, law):
    """Values of independent draws occur as often as their probabilities say.

    Parameters
    ----------
    name : str
        What was drawn, such as "label".
    counts : array_like of int, (K,)
        How often each value came.
    probabilities : array_like, (K,)
        Summing to one.
    law : str
        Its name, without a colon.

    Raises
    ------
    LawBroken

    Notes
    -----
    Each count is binomial; the bounds leave ``CHANCE / 2K`` on either side.
    """
    counts, probabilities = np.asarray(counts), np.asarray(probabilities)
    n, tail = counts.sum(), CHANCE / (2 * counts.size)
    low, high = stats.binom.ppf(tail, n, probabilities), stats.binom.isf(tail, n, probabilities)
    wrong = (counts < low) | (counts > high)
    if wrong.any():
        k = int(np.argmax(wrong))
        raise LawBroken(
            law,
            f"{name} {k} came {counts[k]} times in {n}; with its probability, "
            f"{probabilities[k]:.3g}, chance alone leaves between {low[k]:.0f} and {high[k]:.0f}.",
        )


def mean_zero(name, draws, law):
    """Standard normal draws have no bias.

    Parameters
    ----------
    name : str
    draws : array_like, (m,) or (m, c)
        Rows are independent and each entry is standard normal, if the law holds.
    law : str
        Its name, without a colon.

    Raises
    ------
    LawBroken
    """
    draws = _columns(draws)
    means, m = draws.mean(axis=0), len(draws)
    bound = stats.norm.isf(CHANCE / (2 * means.size)) / np.sqrt(m)
    worst = int(np.argmax(np.abs(means)))
    if np.abs(means[worst]) > bound:
        raise LawBroken(
            law,
            f"the mean of {name}{_which(worst, means)} over {m} draws is {means[worst]:.3g} "
            f"standard deviations away from where it should be; chance alone leaves it within "
            f"{bound:.2g}.",
        )


def variance_one(name, draws, law):
    """Standard normal draws are spread as they should be.

    Parameters
    ----------
    name : str
    draws : array_like, (m,) or (m, c)
        Rows are independent and each entry is standard normal, if the law holds.
    law : str
        Its name, without a colon.

    Raises
    ------
    LawBroken

    Notes
    -----
    The sum of squares of a column is chi-squared with m degrees of freedom.
    """
    draws = _columns(draws)
    squares, m = np.mean(draws**2, axis=0), len(draws)
    tail = CHANCE / (2 * squares.size)
    low, high = stats.chi2.ppf(tail, m) / m, stats.chi2.isf(tail, m) / m
    wrong = (squares < low) | (squares > high)
    if wrong.any():
        column = int(np.argmax(wrong))
        raise LawBroken(
            law,
            f"the variance of {name}{_which(column, squares)} over {m} draws is "
            f"{squares[column]:.3g} times what it should be; chance alone leaves between "
            f"{low:.2g} and {high:.2g} times.",
        )


def normal_shape(name, draws, law):
    """Standard normal draws have the normal distribution function.

    Parameters
    ----------
    name : str
    draws : array_like, (m,)
        Independent and standard normal, if the law holds.
    law : str
        Its name, without a colon.

    Raises
    ------
    LawBroken

    Notes
    -----
    Massart (1990), Annals of Probability 18, 1269-1283: the largest gap between the empirical and
    the true distribution function exceeds ε with probability 2 exp(−2mε²) at most.
    """
    expected = np.sort(stats.norm.cdf(np.asarray(draws)))
    m = expected.size
    gap = max(np.max(np.arange(1, m + 1) / m - expected), np.max(expected - np.arange(m) / m))
    bound = np.sqrt(np.log(2 / CHANCE) / (2 * m))
    if gap > bound:
        raise LawBroken(
            law,
            f"the share of {name} below some value is {gap:.2g} off that of a normal distribution "
            f"over {m} draws; chance alone leaves it within {bound:.2g}.",
        )


def _columns(draws):
    draws = np.asarray(draws)
    return draws.reshape(len(draws), -1)


def _which(column, columns):
    return f", column {column}," if columns.size > 1 else ""
