"""The EM loop: E-step and M-step, until the log-likelihood gains less than a tolerance."""

import builtins
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from em_helpers.batches import Future, as_batches
from em_helpers.fit_result import Fit, ModelT, Monitor
from em_helpers.models.errors import DegenerateComponent
from em_helpers.models.model import Model
from em_helpers.models.statistics import Statistics


def fit(
    start: ModelT,
    batches: Any,
    *,
    tol: float = 1e-8,
    max_iterations: int = 1000,
    map: Callable[..., Iterable[Any]] = builtins.map,
    progress: bool = False,
) -> Fit[ModelT]:
    """Run EM from a start until an iteration gains less than ``tol`` (equations 5.1 and 5.7).

    Parameters
    ----------
    start : Model
        θ_0. A model of your own is a subclass of ``em_helpers.models.Model`` that defines
        ``e_step`` and ``m_step``; everything else that is called here has a default.
    batches : array_like, (n, d), or a list of such batches
        The data. The statistics of batches are added, so it does not matter how the rows are
        split. A batch may be anything that the model's E-step, or ``map``, accepts.
    tol : float
        In nats, for the absolute gain in log p(D; θ). The iteration that gains less is kept.
    max_iterations : int
        0 returns the start with its log-likelihood.
    map : callable
        What applies the E-step to every batch: the built-in ``map``, or that of a pool or cluster.
        Results that are futures are waited for.
    progress : bool
        Show a progress bar.

    Raises
    ------
    TypeError
        ``start`` is not a ``Model``.
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
    batches = as_batches(batches)
    model, statistics = start, first_e_step(start, batches, map)
    monitor = Monitor(tol, f"max_iterations = {max_iterations}")
    monitor.add(objective(model, statistics))
    for _ in _iterations(max_iterations, progress):
        monitor.begin()
        try:
            proposal = model.m_step(statistics)
            statistics = e_step_over_batches(proposal, batches, map)
        except DegenerateComponent as error:
            monitor.break_down(error)
            break
        model = proposal
        if monitor.has_converged(objective(model, statistics)):
            break
    return monitor.result(model)


def e_step_over_batches(
    model: Model, batches: Sequence[Any], map: Callable[..., Iterable[Any]] = builtins.map
) -> Any:
    """Sum the E-step's statistics over batches (equation 11.8)."""
    if len(batches) == 1 and map is builtins.map:
        return model.e_step(batches[0])
    total = None
    for part in map(model.e_step, batches):
        if isinstance(part, Future):
            part = part.result()
        total = part if total is None else total + part
    return total


def first_e_step(
    start: Model, batches: Sequence[Any], map: Callable[..., Iterable[Any]] = builtins.map
) -> Any:
    """Take the E-step at the start, after checking the start and the number of rows."""
    if not isinstance(start, Model):
        raise TypeError(
            f"start is a {type(start).__name__}; a model was expected: derive your class from "
            f"em_helpers.models.Model, which asks for e_step and m_step only."
        )
    statistics = e_step_over_batches(start, batches, map)
    if start.components > statistics.rows:
        raise ValueError(
            f"the model has {start.components} components and the data have {statistics.rows} "
            f"rows, so some component would have no row of its own; fit at most {statistics.rows}."
        )
    return statistics


def objective(model: Model, statistics: Statistics) -> float:
    """Return what EM climbs: log p(D; θ), plus log p(θ) if the model has a prior."""
    return statistics.log_likelihood + model.log_prior()


def _iterations(number: int, progress: bool) -> Iterable[int]:
    if not progress:
        return range(number)
    from tqdm import tqdm

    return tqdm(range(number), desc="EM")
