"""Paths of several algorithms over one surface."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

LINES = ("-", "--", "-.", ":")


def paths(first, second, heights, walks, ax=None, *, xlabel, ylabel, zlabel):
    """Contours of a function of two parameters, with a path for each algorithm.

    Parameters
    ----------
    first, second : array_like, (a,) and (b,)
        The two parameters' values, along the horizontal and the vertical axis.
    heights : array_like, (b, a)
    walks : dict of str to array_like, (s, 2)
        What each path is, and its points (first, second) from the start on.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel, zlabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    heights = np.asarray(heights)
    top = heights.max()
    levels = top - (top - np.quantile(heights, 0.03)) * np.linspace(1, 0, 16) ** 2
    contours = ax.contourf(
        first, second, heights, levels=np.unique(levels), extend="min", cmap="Greys_r", alpha=0.75
    )
    digits = "%.0f" if np.ptp(levels) > 15 else "%.2f"
    ax.get_figure().colorbar(contours, ax=ax, label=zlabel, format=digits)
    for k, (label, walk) in enumerate(walks.items()):
        walk = np.asarray(walk)
        ax.plot(
            *walk.T, color=colour(k), linestyle=LINES[k % 4], marker=marker(k), markersize=5,
            markeredgecolor="white", markeredgewidth=0.5, label=label,
        )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.grid(False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, fontsize=9)
    return ax
