"""Show a run of EM in two dimensions, iteration by iteration."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from em_helpers.models import GaussianMixture, log_likelihood, responsibilities
from em_helpers.plots.assignments import DOUBT, soft_assignments
from em_helpers.plots.convergence import log_likelihood_trace
from em_helpers.plots.figure import axes
from em_helpers.plots.mixtures import ellipses
from em_helpers.plots.stepper import step_through

LEFT, RIGHT = (0.075, 0.15, 0.395, 0.82), (0.57, 0.15, 0.415, 0.82)
"""Positions of the axes in the figure, fixed so that the frames stay aligned."""


def em_run(
    x: ArrayLike, models: Sequence[GaussianMixture], iterations: Sequence[int], *,
    labels: tuple[str, str], title: str,
) -> None:  # fmt: skip
    """Display a stepper of the fitted mixture at some iterations, beside the trace of log p(D; θ).

    Parameters
    ----------
    x : array_like, (n, 2)
    models : sequence of GaussianMixture
        θ_0, …, θ_T.
    iterations : sequence of int
        The iterations to show, in increasing order.
    labels : pair of str
        The names of the two columns of x, with units.
    title : str
        What the run is, for the accessible names of the controls.
    """
    data = np.asarray(x)
    trace = np.array([log_likelihood(model, data) for model in models])
    step_through(
        (
            (
                _frame(data, models[t], trace, t, labels),
                _caption(trace, t),
                _description(data, models[t], trace, t),
            )
            for t in iterations
        ),
        title=title,
    )


def _frame(
    x: NDArray[np.float64], model: GaussianMixture, trace: NDArray[np.float64], t: int,
    labels: tuple[str, str],
) -> Axes:  # fmt: skip
    left, right = axes(2)
    left.get_figure().set_layout_engine("none")
    left.set_position(LEFT)
    right.set_position(RIGHT)
    soft_assignments(x, responsibilities(model, x), left, labels=labels)
    left.get_legend().remove()
    ellipses(model.means, model.covariances, left)
    left.plot(*model.means.T, "*", markersize=16, color="black", markeredgecolor="white", zorder=5)
    low, high = x.min(axis=0), x.max(axis=0)
    (x_low, y_low), (x_high, y_high) = low - 0.12 * (high - low), high + 0.12 * (high - low)
    left.set(xlim=(x_low, x_high), ylim=(y_low, y_high))
    log_likelihood_trace(trace[: t + 1], right)
    right.annotate(f"t = 0: {trace[0]:.0f} ↓", (0.02, 0.02), xycoords="axes fraction", fontsize=9)
    margin = 0.1 * np.ptp(trace[1:])
    right.set(xlim=(-0.5, trace.size - 0.5), ylim=(trace[1] - margin, trace[-1] + margin))
    return left


def _caption(trace: NDArray[np.float64], t: int) -> str:
    text = f"Iteration {t} of {trace.size - 1}: log p(D; θ) = {trace[t]:.2f}"
    if t == 0:
        return f"{text}, the start."
    gain = trace[t] - trace[t - 1]
    return f"{text}, gained {gain:.0f}." if gain >= 100 else f"{text}, gained {gain:.2g}."


def _description(
    x: NDArray[np.float64], model: GaussianMixture, trace: NDArray[np.float64], t: int
) -> str:
    doubtful = int((responsibilities(model, x).max(axis=1) < 1 - DOUBT).sum())
    components = [
        f"component {k} has weight {weight:.2f}, mean ({mean[0]:.2f}, {mean[1]:.1f}) and standard "
        f"deviations ({np.sqrt(covariance[0, 0]):.2f}, {np.sqrt(covariance[1, 1]):.1f})"
        for k, (weight, mean, covariance) in enumerate(zip(*model.theta, strict=True))
    ]
    return (
        f"Iteration {t}: {'; '.join(components)}. {doubtful} of {len(x)} points are in doubt. "
        f"log p(D; θ) is {trace[t]:.1f}."
    )
