"""Accelerated EM: squared extrapolation of two EM steps, kept only where it does not lose."""

import time

import numpy as np

from em_helpers.em import Fit, as_blocks, e_step, objective, refuse_too_few
from em_helpers.models.coordinates import pack, unpack
from em_helpers.models.mixture import DegenerateComponent

GROWTH = 4.0
"""By what the longest step allowed grows after it was used, and shrinks after it failed."""


def fit_accelerated(start, blocks, *, tol=1e-8, max_e_steps=1000, map=map):
    """EM with SQUAREM's steps; the log-likelihood never falls (equations 7.31 and 7.32).

    From θ_0, EM gives θ_1 and θ_2. With r = θ_1 − θ_0 and v = (θ_2 − θ_1) − r, the next point is
    θ_0 − 2αr + α²v with α = −‖r‖ / ‖v‖, at most −1, where it is θ_2. It is taken if it is a model
    whose log-likelihood is not below that of θ_1, else θ_2 is. A cycle costs two E-steps, or
    three where the extrapolation fails.

    Parameters
    ----------
    start : a model
    blocks : array_like, (n, d), or a list of such blocks
    tol : float
        In nats, on the gain of the plain EM step that begins a cycle.
    max_e_steps : int
        At least 1; the cycle under way is finished.
    map : callable
        As in ``fit``.

    Returns
    -------
    Fit
        Its trace has an entry for each model that was kept, θ_1 of every cycle included.

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
    blocks = as_blocks(blocks)
    model, statistics = start, e_step(start, blocks, map)
    refuse_too_few(start, statistics)
    trace, seconds, so_far, longest = [objective(model, statistics)], [], [1], GROWTH
    reason, converged, broke_down = f"stopped at max_e_steps = {max_e_steps}", False, False
    while so_far[-1] < max_e_steps:
        began = time.perf_counter()
        try:
            first = model.m_step(statistics)
            statistics = e_step(first, blocks, map)
            second = first.m_step(statistics)
        except DegenerateComponent as error:
            reason, broke_down = f"a component broke down: {error}", True
            break
        before, model = pack(model), first
        trace.append(objective(first, statistics))
        so_far.append(so_far[-1] + 1)
        seconds.append(time.perf_counter() - began)
        gain = trace[-1] - trace[-2]
        if abs(gain) < tol:
            reason, converged = f"the gain {gain:.3g} is below tol = {tol:.3g}", True
            break
        began = time.perf_counter()
        length, point = _extrapolate(before, pack(first), pack(second), longest)
        tried, e_steps = None, so_far[-1]
        if length > 1:
            tried, e_steps = _try(second, point, blocks, map), e_steps + 1
        if tried is not None and tried[2] >= trace[-1]:
            model, statistics, value = tried
            longest *= GROWTH if length == longest else 1.0
        else:
            longest = max(longest / GROWTH, GROWTH) if length > 1 else longest
            model, statistics, e_steps = second, e_step(second, blocks, map), e_steps + 1
            value = objective(second, statistics)
        trace.append(value)
        so_far.append(e_steps)
        seconds.append(time.perf_counter() - began)
    return Fit(
        model, np.array(trace), np.array(seconds), converged, reason, so_far[-1], broke_down,
        np.array(so_far),
    )  # fmt: skip


def _extrapolate(t0, t1, t2, longest):
    """−α and the extrapolated point."""
    r = t1 - t0
    v = t2 - t1 - r
    curvature = np.linalg.norm(v)
    length = np.linalg.norm(r) / curvature if curvature > 0 else 1.0
    length = float(np.clip(length, 1.0, longest))
    return length, t0 + 2 * length * r + length**2 * v


def _try(like, point, blocks, map):
    """The model at a point with its statistics and objective, or None where there is none."""
    try:
        model = unpack(like, point)
        statistics = e_step(model, blocks, map)
    except ValueError:
        return None
    return model, statistics, objective(model, statistics)
