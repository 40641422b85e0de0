"""Curves that differ in height and share one slope."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def shared_slope(values, curves, at, slope, ax=None, *, xlabel, ylabel):
    """Functions of one parameter, each with the line of the given slope through it at one place.

    Parameters
    ----------
    values : array_like, (m,)
        The parameter, in increasing order, with ``at`` inside its range.
    curves : dict of str to array_like, (m,)
        What each function is, and its values.
    at : float
        The parameter's value where the slope is taken.
    slope : float
        In units of the curves per unit of the parameter; the lines tell whether it is theirs.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    values = np.asarray(values)
    near = np.array([-0.17, 0.17]) * np.ptp(values)
    for k, (label, curve) in enumerate(curves.items()):
        height = np.interp(at, values, curve)
        ax.plot(values, curve, color=colour(k), linestyle=("-", "-.")[k % 2], label=label)
        ax.plot(at + near, height + slope * near, color="black", linewidth=1.2, linestyle="-")
        ax.plot(at, height, color=colour(k), marker=marker(k), markeredgecolor="black", ms=8)
    ax.plot([], [], color="black", linewidth=1.2, linestyle="-", label="slope of log p(D; θ)")
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="lower left")
    return ax
