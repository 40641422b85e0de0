"""Accelerated EM: extrapolation of two EM steps, accepted only if the log-likelihood rises."""

import builtins
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from em_helpers.arguments import FloatArray
from em_helpers.batches import as_batches
from em_helpers.em import e_step_over_batches, first_e_step, objective
from em_helpers.fit_result import Fit, ModelT, Monitor
from em_helpers.models.coordinates import pack, unpack
from em_helpers.models.errors import DegenerateComponent

GROWTH = 4.0
"""The factor by which the longest step allowed grows after it was used, and shrinks after it
failed."""


def fit_accelerated(
    start: ModelT,
    batches: Any,
    *,
    tol: float = 1e-8,
    max_e_steps: int = 1000,
    map: Callable[..., Iterable[Any]] = builtins.map,
) -> Fit[ModelT]:
    """Run EM with SQUAREM's steps; the log-likelihood never falls (equations 7.31 and 7.32).

    From θ_0, EM gives θ_1 and θ_2. With r = θ_1 − θ_0 and v = (θ_2 − θ_1) − r, the next point is
    θ_0 − 2αr + α²v with α = −‖r‖ / ‖v‖, at most −1, for which it is θ_2. It is accepted if it is a
    valid model whose log-likelihood is not below that of θ_1; otherwise θ_2 is taken. A cycle costs
    two E-steps, or three if the extrapolation fails.

    Parameters
    ----------
    start : Model
        One that names its parameters in ``forms``.
    batches : array_like, (n, d), or a list of such batches
    tol : float
        In nats, for the gain of the plain EM step that begins a cycle.
    max_e_steps : int
        At least 1; a cycle that has begun is finished.
    map : callable
        As in ``fit``.

    Returns
    -------
    Fit
        Its trace has an entry for each model that was accepted, including θ_1 of every cycle.

    Raises
    ------
    ValueError
        The data are not what the model takes, there are fewer rows than components, or
        ``max_e_steps`` is below 1.

    Notes
    -----
    Varadhan and Roland (2008), Scandinavian Journal of Statistics 35, 335-353, scheme S3, in the
    coordinates of ``models.pack``.
    """
    if max_e_steps < 1:
        raise ValueError(f"max_e_steps is {max_e_steps}; at least 1 was expected.")
    batches = as_batches(batches)
    model, statistics = start, first_e_step(start, batches, map)
    monitor = Monitor(tol, f"max_e_steps = {max_e_steps}")
    monitor.add(objective(model, statistics))
    e_steps, longest = [1], GROWTH
    while e_steps[-1] < max_e_steps:
        monitor.begin()
        try:
            first = model.m_step(statistics)
            statistics = e_step_over_batches(first, batches, map)
            second = first.m_step(statistics)
        except DegenerateComponent as error:
            monitor.break_down(error)
            break
        theta, model = pack(model), first
        monitor.add(objective(first, statistics))
        e_steps.append(e_steps[-1] + 1)
        if abs(monitor.gain) < tol:
            monitor.converge()
            break
        monitor.begin()
        length, point = _extrapolate(theta, pack(first), pack(second), longest)
        proposal, used = None, 0
        if length > 1:
            proposal, used = _evaluate(second, point, batches, map), 1
        if proposal is not None and proposal[2] >= monitor.trace[-1]:
            model, statistics, value = proposal
            longest *= GROWTH if length == longest else 1.0
        else:
            longest = max(longest / GROWTH, GROWTH) if length > 1 else longest
            model, statistics = second, e_step_over_batches(second, batches, map)
            value, used = objective(second, statistics), used + 1
        monitor.add(value)
        e_steps.append(e_steps[-1] + used)
    return monitor.result(model, e_steps[-1], e_steps)


def _extrapolate(
    theta_0: FloatArray, theta_1: FloatArray, theta_2: FloatArray, longest: float
) -> tuple[float, FloatArray]:
    """−α and the extrapolated point."""
    r = theta_1 - theta_0
    v = theta_2 - theta_1 - r
    curvature = np.linalg.norm(v)
    length = np.linalg.norm(r) / curvature if curvature > 0 else 1.0
    length = float(np.clip(length, 1.0, longest))
    return length, theta_0 + 2 * length * r + length**2 * v


def _evaluate(
    like: ModelT, point: FloatArray, batches: Sequence[Any], map: Callable[..., Iterable[Any]]
) -> tuple[ModelT, Any, float] | None:
    """The model at a point with its statistics and objective; None if the point is no model."""
    try:
        model = unpack(like, point)
        statistics = e_step_over_batches(model, batches, map)
    except ValueError:
        return None
    return model, statistics, objective(model, statistics)
