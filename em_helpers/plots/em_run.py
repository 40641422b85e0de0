"""One run of EM in two dimensions, iteration by iteration."""

import numpy as np

from em_helpers.models import log_likelihood, responsibilities
from em_helpers.plots.assignments import DOUBT, soft_labels
from em_helpers.plots.canvas import axes
from em_helpers.plots.ellipses import ellipses
from em_helpers.plots.palette import colour, marker
from em_helpers.plots.stepper import step_through

LEFT, RIGHT = (0.075, 0.15, 0.395, 0.82), (0.57, 0.15, 0.415, 0.82)
"""Where the axes lie in the figure: fixed, so that the frames lie upon each other."""


def em_run(x, models, chosen, *, labels, title):
    """Display a stepper: the mixture at some iterations, beside the climb of log p(D; θ_t).

    Parameters
    ----------
    x : array_like, (n, 2)
    models : list of GaussianMixture
        θ_0 … θ_T.
    chosen : sequence of int
        The iterations that are shown, in increasing order.
    labels : pair of str
        The names of the two columns of x, with units.
    title : str
        What the run is, for the names of the controls.
    """
    x = np.asarray(x)
    trace = np.array([log_likelihood(model, x) for model in models])
    step_through(
        (
            (_drawn(x, models[t], trace, t, labels), _caption(trace, t), _told(x, models, trace, t))
            for t in chosen
        ),
        title=title,
    )


def _drawn(x, model, trace, t, labels):
    left, right = axes(2)
    left.get_figure().set_layout_engine("none")
    left.set_position(LEFT)
    right.set_position(RIGHT)
    soft_labels(x, responsibilities(model, x), left, labels=labels).get_legend().remove()
    ellipses(model.means, model.covariances, left)
    left.plot(*model.means.T, "*", markersize=16, color="black", markeredgecolor="white", zorder=5)
    low, high = x.min(axis=0), x.max(axis=0)
    room = 0.12 * (high - low)
    left.set(xlim=(low[0] - room[0], high[0] + room[0]), ylim=(low[1] - room[1], high[1] + room[1]))
    climb(trace[: t + 1], right)
    right.annotate(f"t = 0: {trace[0]:.0f} ↓", (0.02, 0.02), xycoords="axes fraction", fontsize=9)
    span = np.ptp(trace[1:])
    right.set(xlim=(-0.5, trace.size - 0.5), ylim=(trace[1] - 0.1 * span, trace[-1] + 0.1 * span))
    return left


def climb(trace, ax=None):
    """log p(D; θ_t) against t, the last iteration marked.

    Parameters
    ----------
    trace : array_like, (T + 1,)
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    ax.plot(np.arange(len(trace)), trace, color=colour(0), linestyle="-", marker=".")
    ax.plot(len(trace) - 1, trace[-1], color=colour(1), marker=marker(3), markersize=8)
    ax.set(xlabel="iteration t", ylabel=r"$\log p(D; \theta_t)$ [nats]")
    return ax


def _caption(trace, t):
    text = f"Iteration {t} of {trace.size - 1}: log p(D; θ) = {trace[t]:.2f}"
    return f"{text}, gained {_short(trace[t] - trace[t - 1])}." if t else f"{text}, the start."


def _short(gain):
    return f"{gain:.0f}" if gain >= 100 else f"{gain:.2g}"


def _told(x, models, trace, t):
    model = models[t]
    doubtful = int((responsibilities(model, x).max(axis=1) < 1 - DOUBT).sum())
    parts = [
        f"component {k} has weight {weight:.2f}, mean ({mean[0]:.2f}, {mean[1]:.1f}) and standard "
        f"deviations ({np.sqrt(covariance[0, 0]):.2f}, {np.sqrt(covariance[1, 1]):.1f})"
        for k, (weight, mean, covariance) in enumerate(zip(*model.theta, strict=True))
    ]
    return (
        f"Iteration {t}: {'; '.join(parts)}. {doubtful} of {len(x)} points are in doubt. "
        f"log p(D; θ) is {trace[t]:.1f}."
    )
