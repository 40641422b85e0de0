"""The loop: E-step, M-step, until the log-likelihood gains less than a tolerance."""

import time
import warnings
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from em_helpers.models.mixture import DegenerateComponent

ROUNDING = 1e-10


@dataclass(frozen=True, eq=False)
class Fit:
    """What came out of the loop, and how it went.

    Attributes
    ----------
    model : a model
        At the last iteration that succeeded.
    trace : array, (T + 1,)
        log p(D; θ_t) for t = 0 … T; the last entry is that of ``model``.
    seconds : array, (T,)
        Wall time of each iteration.
    converged : bool
        Whether the last gain was below the tolerance.
    reason : str
        Why the loop stopped, in words.
    """

    model: object
    trace: np.ndarray
    seconds: np.ndarray
    converged: bool
    reason: str


def fit(start, blocks, *, tol=1e-8, max_iterations=1000, map=map, progress=False):
    """EM from a start until an iteration gains less than ``tol`` (equations 5.1 and 5.2).

    Parameters
    ----------
    start : a model with ``e_step`` and ``m_step``
        θ_0.
    blocks : array_like, (n, d), or a list of such blocks
        The data; the statistics of the blocks are added, so how the rows are split does not
        matter.
    tol : float
        In nats, on the absolute gain in log p(D; θ). That iteration is kept.
    max_iterations : int
        0 returns the start with its log-likelihood.
    map : callable
        What applies the E-step to every block: the built-in, a pool's or a cluster client's.
    progress : bool
        Show a progress bar.

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        The data are not what the model takes, or ``max_iterations`` is negative.

    Warns
    -----
    RuntimeWarning
        The log-likelihood fell by more than rounding: the model's E-step or M-step is wrong.

    Notes
    -----
    Dempster, Laird and Rubin (1977), Journal of the Royal Statistical Society B 39, 1-38.
    """
    if max_iterations < 0:
        raise ValueError(f"max_iterations is {max_iterations}; 0 or more was expected.")
    blocks = blocks if isinstance(blocks, (list, tuple)) and np.ndim(blocks[0]) == 2 else [blocks]
    model, statistics = start, _e_step(start, blocks, map)
    trace, seconds = [statistics.log_likelihood], []
    reason, converged = f"stopped at max_iterations = {max_iterations}", False
    for _ in tqdm(range(max_iterations), desc="EM", disable=not progress):
        began = time.perf_counter()
        try:
            proposal = model.m_step(statistics)
            statistics = _e_step(proposal, blocks, map)
        except DegenerateComponent as error:
            reason = f"a component broke down: {error}"
            break
        model = proposal
        trace.append(statistics.log_likelihood)
        seconds.append(time.perf_counter() - began)
        gain = trace[-1] - trace[-2]
        if gain < -ROUNDING * max(abs(trace[-2]), 1.0):
            warnings.warn(
                f"the log-likelihood fell from {trace[-2]:.12g} to {trace[-1]:.12g} at iteration "
                f"{len(seconds)}: an exact EM step never lowers it, so the model's E-step or "
                f"M-step is wrong.",
                RuntimeWarning,
                stacklevel=2,
            )
        if abs(gain) < tol:
            reason, converged = f"the gain {gain:.3g} is below tol = {tol:.3g}", True
            break
    return Fit(model, np.array(trace), np.array(seconds), converged, reason)


def _e_step(model, blocks, map):
    first, *rest = map(model.e_step, blocks)
    return sum(rest, start=first)
