"""The loop: E-step, M-step, until the log-likelihood gains less than a tolerance."""

import time
import warnings
from dataclasses import dataclass

import numpy as np

from em_helpers.models.mixture import DegenerateComponent

ROUNDING = 1e-10
"""The relative fall of the log-likelihood that is not warned of."""

BUILT_IN = map


@dataclass(frozen=True, eq=False)
class Fit:
    """What came out of the loop, and how it went.

    Attributes
    ----------
    model : a model
        At the last iteration that succeeded.
    trace : array, (T + 1,)
        log p(D; θ_t) for t = 0 … T; the last entry is that of ``model``. Under a prior, the log
        posterior up to its constant, log p(D; θ_t) + log p(θ_t), which is what then climbs.
    seconds : array, (T,)
        Wall time of each iteration.
    converged : bool
        Whether the last gain was below the tolerance.
    reason : str
        Why the loop stopped, in words.
    e_steps : int
        How often the data were gone through; T + 1 in plain EM.
    broke_down : bool
        Whether it stopped because a component had no M-step any more.
    e_steps_so_far : array of int, or None
        Where an entry of the trace is not one E-step: how many there were up to it.
    """

    model: object
    trace: np.ndarray
    seconds: np.ndarray
    converged: bool
    reason: str
    e_steps: int = 0
    broke_down: bool = False
    e_steps_so_far: np.ndarray | None = None


def fit(start, blocks, *, tol=1e-8, max_iterations=1000, map=map, progress=False):
    """EM from a start until an iteration gains less than ``tol`` (equations 5.1 and 5.7).

    Parameters
    ----------
    start : a model with ``e_step`` and ``m_step``
        θ_0.
    blocks : array_like, (n, d), or a list of such blocks
        The data; the statistics of the blocks are added, so how the rows are split does not
        matter. A block may be anything that the model's E-step, or ``map``, takes for one.
    tol : float
        In nats, on the absolute gain in log p(D; θ). That iteration is kept.
    max_iterations : int
        0 returns the start with its log-likelihood.
    map : callable
        What applies the E-step to every block: the built-in, a pool's or a cluster client's.
        Results that are futures are waited for.
    progress : bool
        Show a progress bar.

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        The data are not what the model takes, there are fewer rows than components, or
        ``max_iterations`` is negative.

    Warns
    -----
    RuntimeWarning
        The log-likelihood fell by more than rounding: the model's E-step or M-step is wrong.

    Notes
    -----
    Dempster, Laird and Rubin (1977), Journal of the Royal Statistical Society B 39, 1-38.

    Examples
    --------
    >>> from em_helpers import BinomialMixture, datasets
    >>> coins = BinomialMixture([0.5, 0.5], [0.6, 0.5], fixed_weights=True)
    >>> fit(coins, datasets.coins(), tol=0, max_iterations=10).model.biases.round(2)
    array([0.8 , 0.52])
    """
    if max_iterations < 0:
        raise ValueError(f"max_iterations is {max_iterations}; 0 or more was expected.")
    blocks = as_blocks(blocks)
    model, statistics = start, e_step(start, blocks, map)
    refuse_too_few(start, statistics)
    trace, seconds = [objective(model, statistics)], []
    reason, converged, broke_down = f"stopped at max_iterations = {max_iterations}", False, False
    for _ in _counted(max_iterations, progress):
        began = time.perf_counter()
        try:
            proposal = model.m_step(statistics)
            statistics = e_step(proposal, blocks, map)
        except DegenerateComponent as error:
            reason, broke_down = f"a component broke down: {error}", True
            break
        model = proposal
        trace.append(objective(model, statistics))
        seconds.append(time.perf_counter() - began)
        gain = trace[-1] - trace[-2]
        if gain < 0:
            warn_of_fall(trace)
        if abs(gain) < tol:
            reason, converged = f"the gain {gain:.3g} is below tol = {tol:.3g}", True
            break
    return Fit(model, np.array(trace), np.array(seconds), converged, reason, len(trace), broke_down)


def as_blocks(data):
    """A list of blocks: the data themselves if they are one table.

    Parameters
    ----------
    data : array_like, (n, d), or a list of blocks, or a list of futures of blocks

    Returns
    -------
    list
    """
    if isinstance(data, (list, tuple)) and len(data):
        first = data[0]
        if hasattr(first, "result") or len(getattr(first, "shape", ())) == 2 or np.ndim(first) == 2:
            return list(data)
    return [data]


def e_step(model, blocks, map=map):
    """The sum of the E-step's statistics over blocks (equation 11.8).

    Parameters
    ----------
    model : a model
    blocks : list
    map : callable

    Returns
    -------
    statistics
        Those of all rows, as the model's own E-step gives them.
    """
    if len(blocks) == 1 and map is BUILT_IN:
        return model.e_step(blocks[0])
    total = None
    for part in map(model.e_step, blocks):
        part = part.result() if hasattr(part, "result") else part
        total = part if total is None else total + part
    return total


def objective(model, statistics):
    """What EM climbs: log p(D; θ), plus log p(θ) where the model has a prior.

    Parameters
    ----------
    model : a model
    statistics
        Those of its own E-step.

    Returns
    -------
    float
    """
    return statistics.log_likelihood + model.log_prior()


def refuse_too_few(model, statistics):
    """See that there are at least as many rows as components.

    Raises
    ------
    ValueError
    """
    components = getattr(model, "components", 1)
    if components > statistics.rows:
        raise ValueError(
            f"the model has {components} components and the data have {statistics.rows} rows, so "
            f"some component would have no case of its own; fit at most {statistics.rows}."
        )


def warn_of_fall(trace):
    """Warn if the last entry of a trace lies below the one before it (equation 7.1).

    A fall within rounding is none.
    """
    before, after = trace[-2:]
    if after < before - ROUNDING * max(abs(before), 1.0):
        warnings.warn(
            f"the log-likelihood fell from {before:.12g} to {after:.12g} at iteration "
            f"{len(trace) - 1}: an exact EM step never lowers it, so the model's E-step or "
            f"M-step is wrong.",
            RuntimeWarning,
            stacklevel=3,
        )


def _counted(iterations, progress):
    if not progress:
        return range(iterations)
    from tqdm import tqdm

    return tqdm(range(iterations), desc="EM")
