"""Gibbs sampling of coupled binary factors: one cause after the other, given the others."""

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.models.coupled_factors import CoupledFactors


def gibbs_draws(
    rng: np.random.Generator, model: CoupledFactors, x: ArrayLike, sweeps: int
) -> FloatArray:
    """Draw z dependently, so that its law tends to each row's posterior (10.7 and 10.8).

    Parameters
    ----------
    rng : numpy.random.Generator
    model : CoupledFactors
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
