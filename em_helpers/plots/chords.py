"""A curve and a chord of it: concave functions have theirs below the curve."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def curve_and_chord(values, curve, ends, ax=None, *, xlabel, ylabel="log-likelihood [nats]"):
    """A function of one parameter, the chord between two places, and both heights midway.

    Parameters
    ----------
    values : array_like, (m,)
        The parameter, in increasing order.
    curve : array_like, (m,)
    ends : pair of float
        Where the chord begins and ends, within the range of ``values``.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    heights = np.interp(ends, values, curve)
    middle = np.mean(ends)
    ax.plot(values, curve, color=colour(0), linestyle="-", label="log p(D; θ)")
    ax.plot(ends, heights, color=colour(1), linestyle="--", label="chord")
    ax.plot(
        middle, np.interp(middle, values, curve), color=colour(0), marker=marker(0), markersize=8,
        markeredgecolor="black", linestyle="", label="midpoint",
    )  # fmt: skip
    ax.plot(
        middle, heights.mean(), color=colour(1), marker=marker(1), markersize=8,
        markeredgecolor="black", linestyle="", label="average of the ends",
    )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2)
    return ax
