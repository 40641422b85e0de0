"""Hard EM: q puts all its mass on the most probable component."""

import time
from dataclasses import replace

import numpy as np

from em_helpers.em import Fit
from em_helpers.models.mixture import DegenerateComponent


def hard_responsibilities(log_joint):
    """One-hot q at each row's most probable component, ties to the lowest (equation 3.10).

    Parameters
    ----------
    log_joint : array_like, (n, K)
        Logs of p(x, z), or of anything that orders the components as it does.

    Returns
    -------
    array, (n, K)
        Of zeros and ones.

    Examples
    --------
    >>> hard_responsibilities([[-1.0, -0.5], [-2.0, -2.0]])
    array([[0., 1.],
           [1., 0.]])
    """
    log_joint = np.asarray(log_joint, dtype=float)
    return np.eye(log_joint.shape[1])[log_joint.argmax(axis=1)]


def hard_step(model, x):
    """One iteration of hard EM, which never lowers the classification likelihood (equation 7.17).

    Parameters
    ----------
    model : a mixture
    x : array_like, (n, d)

    Returns
    -------
    model : a mixture
        Its M-step at the hard q. A component without rows keeps its parameters, with weight 0
        unless the model keeps its weights.
    objective : float
        Σ_x max_k log p(x, z=k; θ) of the model that was given, plus its log prior.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes.
    DegenerateComponent
        The rows of a component do not spread.

    Notes
    -----
    Celeux and Govaert (1992), Computational Statistics and Data Analysis 14, 315-332.
    """
    log_joint = model.log_joint(x)
    statistics = model.statistics(x, hard_responsibilities(log_joint))
    objective = float(log_joint.max(axis=1).sum()) + model.log_prior()
    counts = statistics.counts
    if (counts > 0).all():
        return model.m_step(statistics), objective
    empty = (counts == 0).astype(float)
    kept = model.m_step(statistics + model.expected_statistics(empty))
    if not getattr(model, "fixed_weights", False):
        kept = _with_weights(kept, counts / counts.sum())
    return kept, objective


def fit_hard(start, x, *, tol=1e-8, max_iterations=1000):
    """Hard EM until an iteration gains less than ``tol``.

    Parameters
    ----------
    start : a mixture
    x : array_like, (n, d)
    tol : float
        In nats, on the gain in the classification likelihood.
    max_iterations : int

    Returns
    -------
    Fit
        Its trace is Σ_x max_k log p(x, z=k; θ_t), not log p(D; θ_t).

    Raises
    ------
    ValueError
        ``x`` is not what the model takes.

    Notes
    -----
    Celeux and Govaert (1992).
    """
    model, trace, seconds = start, [], []
    reason, converged, broke_down = f"stopped at max_iterations = {max_iterations}", False, False
    for _ in range(max_iterations + 1):
        began = time.perf_counter()
        try:
            following, objective = hard_step(model, x)
        except DegenerateComponent as error:
            log_joint = model.log_joint(x)
            trace.append(float(log_joint.max(axis=1).sum()) + model.log_prior())
            reason, broke_down = f"a component broke down: {error}", True
            break
        trace.append(objective)
        if len(trace) > 1 and trace[-1] - trace[-2] < tol:
            gain = trace[-1] - trace[-2]
            reason, converged = f"the gain {gain:.3g} is below tol = {tol:.3g}", True
            break
        if len(trace) <= max_iterations:
            model = following
            seconds.append(time.perf_counter() - began)
    return Fit(model, np.array(trace), np.array(seconds), converged, reason, len(trace), broke_down)


def _with_weights(model, weights):
    if hasattr(model, "mixture"):
        return replace(model, mixture=_with_weights(model.mixture, weights))
    return replace(model, weights=weights)
