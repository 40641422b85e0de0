"""Hard EM: q puts all its mass on the most probable component."""

from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from em_helpers.arguments import FloatArray
from em_helpers.fit_result import Fit, Monitor
from em_helpers.models.errors import DegenerateComponent
from em_helpers.models.model import DiscreteModel

DiscreteModelT = TypeVar("DiscreteModelT", bound=DiscreteModel)


def hard_responsibilities(log_joint: ArrayLike) -> FloatArray:
    """Return one-hot q at each row's most probable component, ties to the lowest (equation 3.10).

    Parameters
    ----------
    log_joint : array_like, (n, K)
        Logs of p(x, z), or of anything that orders the components in the same way.

    Returns
    -------
    array, (n, K)
        Zeros and ones.

    Examples
    --------
    >>> hard_responsibilities([[-1.0, -0.5], [-2.0, -2.0]])
    array([[0., 1.],
           [1., 0.]])
    """
    log_joint = np.asarray(log_joint, dtype=float)
    return np.eye(log_joint.shape[1])[log_joint.argmax(axis=1)]


def hard_step(model: DiscreteModelT, x: ArrayLike) -> tuple[DiscreteModelT, float]:
    """Take one iteration of hard EM, which never lowers the classification likelihood (7.17).

    Parameters
    ----------
    x : array_like, (n, d)

    Returns
    -------
    model : DiscreteModel
        Its M-step at the hard q. A mixture's component without rows keeps its parameters, with
        weight 0 unless weights are fixed.
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
    return model.hard_m_step(statistics), _classification_objective(model, log_joint)


def fit_hard(
    start: DiscreteModelT, x: ArrayLike, *, tol: float = 1e-8, max_iterations: int = 1000
) -> Fit[DiscreteModelT]:
    """Run hard EM until an iteration gains less than ``tol``.

    Parameters
    ----------
    x : array_like, (n, d)
    tol : float
        In nats, for the gain in the classification likelihood.

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
    model, monitor = start, Monitor(tol, f"max_iterations = {max_iterations}")
    log_joint = model.log_joint(x)
    monitor.add(_classification_objective(model, log_joint))
    for _ in range(max_iterations):
        monitor.begin()
        try:
            statistics = model.statistics(x, hard_responsibilities(log_joint))
            model = model.hard_m_step(statistics)
        except DegenerateComponent as error:
            monitor.break_down(error)
            break
        log_joint = model.log_joint(x)
        monitor.add(_classification_objective(model, log_joint))
        if monitor.gain < tol:
            monitor.converge()
            break
    return monitor.result(model)


def _classification_objective(model: DiscreteModel, log_joint: FloatArray) -> float:
    return float(log_joint.max(axis=1).sum()) + model.log_prior()
