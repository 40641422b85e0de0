"""Monte Carlo EM, which replaces the posterior by draws from it, and Gibbs sampling."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.approximate.hard import DiscreteModelT
from em_helpers.arguments import FloatArray
from em_helpers.fit_result import Fit, Monitor
from em_helpers.models.coupled_factors import CoupledFactors
from em_helpers.models.model import DiscreteModel, responsibilities


def monte_carlo_e_step(
    rng: np.random.Generator, model: DiscreteModel, x: ArrayLike, samples: int
) -> FloatArray:
    """Return the frequencies of independent draws of z from each row's posterior (equation 10.5).

    Parameters
    ----------
    x : array_like, (n, d)
    samples : int
        Draws per row, at least 1. The error of a frequency r has variance r(1 − r) / samples
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
        raise ValueError(f"samples is {samples}; at least 1 draw per row was expected.")
    return rng.multinomial(samples, responsibilities(model, x)) / samples


def fit_monte_carlo(
    rng: np.random.Generator, start: DiscreteModelT, x: ArrayLike, samples: Iterable[int]
) -> Fit[DiscreteModelT]:
    """Run Monte Carlo EM with a given number of draws in each iteration.

    The log-likelihood may fall (equation 10.10). The iterates converge only if the number of draws
    grows.

    Parameters
    ----------
    x : array_like, (n, d)
    samples : iterable of int
        Draws per row, one number for each iteration.

    Returns
    -------
    Fit
        Its trace is the exact log p(D; θ_t), which is computed for display only; it never counts
        as converged.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or a number of draws is below 1.
    DegenerateComponent
        A component received no draw.

    Notes
    -----
    Wei and Tanner (1990); Booth and Hobert (1999), Journal of the Royal Statistical Society B 61,
    265-285, on choosing the number of draws.
    """
    model, monitor = start, Monitor(0.0, "the last number of draws")
    monitor.add(start.log_likelihood(x))
    for draws in samples:
        monitor.begin()
        q = monte_carlo_e_step(rng, model, x, draws)
        model = model.m_step(model.statistics(x, q))
        monitor.add(model.log_likelihood(x))
    iterations = len(monitor.seconds)
    monitor.reason = f"all {iterations} numbers of draws were used"
    return monitor.result(model, e_steps=iterations)


def gibbs_draws(
    rng: np.random.Generator, model: CoupledFactors, x: ArrayLike, sweeps: int
) -> FloatArray:
    """Draw z by Gibbs sampling; its distribution tends to each row's posterior (10.7 and 10.8).

    Parameters
    ----------
    x : array_like, (n, d)
    sweeps : int
        Over all J causes. The chain of each row begins at a draw from the priors.

    Returns
    -------
    array, (sweeps, n, J)
        z after each sweep.

    Raises
    ------
    ValueError
        ``x`` is not a finite table of d columns.

    Notes
    -----
    Geman and Geman (1984), IEEE Transactions on Pattern Analysis and Machine Intelligence 6,
    721-741.
    """
    x = arguments.rows("x", x, columns=model.factors.shape[1])
    z = (rng.random((len(x), len(model.priors))) < model.priors).astype(float)
    draws = np.empty((sweeps, *z.shape))
    for draw in draws:
        for j in range(z.shape[1]):
            odds = model.log_odds(x, z, j)
            z[:, j] = rng.random(len(x)) < 0.5 * (1 + np.tanh(0.5 * odds))
        draw[:] = z
    return draws
