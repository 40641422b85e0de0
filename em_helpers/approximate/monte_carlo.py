"""Monte Carlo EM: the posterior is drawn from, not computed."""

import time

import numpy as np

from em_helpers.em import Fit
from em_helpers.models.mixture import log_likelihood, responsibilities


def monte_carlo_e_step(rng, model, x, samples):
    """Frequencies of independent draws of z from each row's posterior (equation 10.5).

    Parameters
    ----------
    rng : numpy.random.Generator
    model : a model with ``log_joint``
    x : array_like, (n, d)
    samples : int
        Draws a row, at least 1. The error of a frequency r has variance r(1 − r) / samples
        (equation 10.6).

    Returns
    -------
    array, (n, K)
        An unbiased estimate of the responsibilities; each row a distribution.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or ``samples`` is below 1.

    Notes
    -----
    Wei and Tanner (1990), Journal of the American Statistical Association 85, 699-704.
    """
    if samples < 1:
        raise ValueError(f"samples is {samples}; at least 1 draw a row was expected.")
    return rng.multinomial(samples, responsibilities(model, x)) / samples


def fit_monte_carlo(rng, start, x, samples):
    """Monte Carlo EM with a given number of draws in each iteration.

    The log-likelihood may fall (equation 10.10): only a growing number of draws makes the iterates
    settle.

    Parameters
    ----------
    rng : numpy.random.Generator
    start : a model with ``log_joint``
    x : array_like, (n, d)
    samples : iterable of int
        Draws a row in each iteration, one iteration each.

    Returns
    -------
    Fit
        Its trace is the exact log p(D; θ_t), computed to be looked at; never converged.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or a number of draws is below 1.
    DegenerateComponent
        No draw fell to a component.

    Notes
    -----
    Wei and Tanner (1990); Booth and Hobert (1999), Journal of the Royal Statistical Society B 61,
    265-285, on choosing the number of draws.
    """
    model, trace, seconds = start, [log_likelihood(start, x)], []
    for draws in samples:
        began = time.perf_counter()
        q = monte_carlo_e_step(rng, model, x, draws)
        model = model.m_step(model.statistics(x, q))
        trace.append(log_likelihood(model, x))
        seconds.append(time.perf_counter() - began)
    reason = f"all {len(seconds)} numbers of draws were used"
    return Fit(model, np.array(trace), np.array(seconds), False, reason, len(seconds))
