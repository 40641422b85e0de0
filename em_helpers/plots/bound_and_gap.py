"""The evidence lower bound and its gap, stacked: together they are log p(D; θ)."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def bound_and_gap(bounds, gaps, ax=None, *, labels, xlabel):
    """A bar for each (q, θ): L(p, q) below, the Kullback-Leibler divergence hatched on top of it.

    Parameters
    ----------
    bounds, gaps : array_like, (s,)
        L(p, q) and KL(q ‖ p(z|x; θ)), in nats.
    ax : matplotlib.axes.Axes, optional
    labels : sequence of str, (s,)
        What each bar is.
    xlabel : str

    Returns
    -------
    matplotlib.axes.Axes
        Its vertical axis begins a little below the lowest bound, not at 0.
    """
    ax = axes() if ax is None else ax
    bounds, gaps = np.asarray(bounds, dtype=float), np.asarray(gaps, dtype=float)
    places, tops = np.arange(bounds.size), bounds + gaps
    floor = bounds.min() - 0.08 * (tops.max() - bounds.min())
    ax.bar(places, bounds - floor, bottom=floor, color=colour(5), label="L(p, q)")
    ax.bar(
        places, gaps, bottom=bounds, facecolor="white", edgecolor=colour(1), hatch="////",
        linewidth=0.8, label="KL(q ‖ p(z|x; θ))",
    )  # fmt: skip
    ax.plot(places, tops, color="black", marker=marker(0), linestyle="-", linewidth=1,
            label="their sum, log p(D; θ)")  # fmt: skip
    ax.set(xlabel=xlabel, ylabel="nats", ylim=(floor, tops.max() + 0.06 * (tops.max() - floor)))
    ax.set_xticks(places, labels)
    ax.grid(axis="x", visible=False)
    ax.legend(loc="lower right", frameon=True, framealpha=1)
    return ax
