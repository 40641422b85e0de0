"""Incremental EM: an M-step after the E-step of every batch, instead of all batches."""

from collections.abc import Sequence
from typing import Any

from em_helpers.batches import as_batches
from em_helpers.fit_result import Fit, ModelT, Monitor
from em_helpers.models.model import Model
from em_helpers.models.statistics import Statistics


def fit_incremental(
    start: ModelT, batches: Any, *, tol: float = 1e-8, max_sweeps: int = 1000
) -> Fit[ModelT]:
    """Run EM that updates the statistics of one batch at a time, each after an M-step (11.13).

    What climbs is the free energy F(q, θ) = E_q[log p(x, z; θ)] − E_q[log q], in which a batch's q
    is its posterior at the θ of its last visit (equations 11.12 and 11.14); log p(D; θ) need not
    climb. At a fixed point both agree (equation 11.15). The statistics of all batches are stored,
    and summed anew each time, so that rounding errors do not accumulate.

    Parameters
    ----------
    batches : list of array_like, (n_b, d)
    tol : float
        In nats, for the gain of a sweep in F.
    max_sweeps : int
        Over all batches.

    Returns
    -------
    Fit
        Its trace is F after the first E-steps, then after each sweep, plus the log prior;
        ``seconds`` are those of sweeps.

    Raises
    ------
    ValueError
        The data are not what the model takes.
    DegenerateComponent
        A component broke down.

    Notes
    -----
    Neal and Hinton (1998), in Learning in Graphical Models, Kluwer, 355-368.
    """
    batches = as_batches(batches)
    model, parts = start, [start.e_step(batch) for batch in batches]
    entropies = [_entropy(model, part) for part in parts]
    monitor = Monitor(tol, f"max_sweeps = {max_sweeps}")
    monitor.add(_free_energy(model, parts, entropies))
    for _ in range(max_sweeps):
        monitor.begin()
        for b, batch in enumerate(batches):
            model = model.m_step(_total(parts))
            parts[b] = model.e_step(batch)
            entropies[b] = _entropy(model, parts[b])
        if monitor.has_converged(_free_energy(model, parts, entropies)):
            break
    return monitor.result(model)


def _total(parts: Sequence[Any]) -> Any:
    first, *rest = parts
    return sum(rest, start=first)


def _entropy(model: Model, statistics: Statistics) -> float:
    """−E_q[log q] at the posterior, where it is log p(x; θ) − E_q[log p(x, z; θ)]."""
    return statistics.log_likelihood - model.expected_log_joint(statistics)


def _free_energy(model: Model, parts: Sequence[Any], entropies: Sequence[float]) -> float:
    return model.expected_log_joint(_total(parts)) + sum(entropies) + model.log_prior()
