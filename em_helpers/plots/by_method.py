"""One quantity at several occasions or settings, by several methods."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

LINES = ("-", "--", "-.", ":")


def by_method(places, curves, ax=None, *, xlabel, ylabel, spread=None):
    """One line a method, with a marker at each place and, if known, its standard error.

    Parameters
    ----------
    places : array_like, (m,)
        Where the quantity was taken, in increasing order.
    curves : dict of str to array_like, (m,)
        What each method is, and its values.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel : str
    spread : dict of str to array_like, (m,), optional
        The standard error of each value, drawn as a bar each way.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    for k, (label, values) in enumerate(curves.items()):
        ax.errorbar(
            places, np.asarray(values), None if spread is None else spread[label],
            color=colour(k), linestyle=LINES[k % 4], marker=marker(k), markersize=6, label=label,
            capsize=3,
        )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend()
    return ax
