"""Online EM: each batch of a stream is seen once, and older statistics are discounted."""

from collections.abc import Iterable
from typing import Any

from numpy.typing import ArrayLike

from em_helpers.fit_result import ModelT
from em_helpers.models.statistics import Statistics


def online_step(
    model: ModelT, statistics: Any, batch: ArrayLike, step: float
) -> tuple[ModelT, Any]:
    """Mix the statistics per row with those of a batch, then take the M-step (equation 11.16).

    Statistics with a centre move to that of the batch first (equation 11.4), so that a stream may
    drift far from where it began without losing digits (equation 11.7). A prior of the model
    counts as it does for data of one row.

    Parameters
    ----------
    statistics : Statistics
        Of one row, from ``model.expected_row_statistics()`` or the previous step.
    batch : array_like, (n, d)
    step : float
        γ in (0, 1]; the statistics become (1 − γ) times themselves plus γ times the batch's.

    Returns
    -------
    model : Model
    statistics : Statistics
        Of one row.

    Raises
    ------
    ValueError
        ``batch`` is not what the model takes, or γ is outside (0, 1].
    DegenerateComponent
        A component broke down.

    Notes
    -----
    Cappé and Moulines (2009), Journal of the Royal Statistical Society B 71, 593-613.
    """
    if not 0 < step <= 1:
        raise ValueError(f"step is {step}; a number above 0 and at most 1 was expected.")
    seen: Statistics = model.e_step(batch)
    statistics = statistics.with_centre_of(seen) * (1 - step) + seen * (step / seen.rows)
    return model.m_step(statistics), statistics


def fit_online(start: ModelT, batches: Iterable[ArrayLike], steps: Iterable[float]) -> ModelT:
    """Run online EM over a stream.

    The iterates converge if the steps γ_t sum to infinity and their squares do not, such as
    (t + 2)^−0.6 (equation 11.21). The likelihood of the data may fall on the way.

    Parameters
    ----------
    batches : iterable of array_like, (n_b, d)
    steps : iterable of float
        γ_t in (0, 1], one for each batch.

    Raises
    ------
    ValueError
        A batch is not what the model takes, a step is outside (0, 1], or there are fewer steps
        than batches.
    DegenerateComponent
        A component broke down.

    Notes
    -----
    Cappé and Moulines (2009).
    """
    model, statistics, remaining = start, start.expected_row_statistics(), iter(steps)
    for t, batch in enumerate(batches):
        step = next(remaining, None)
        if step is None:
            raise ValueError(f"there are only {t} steps; give one step for each batch.")
        model, statistics = online_step(model, statistics, batch, step)
    return model
