"""Points that belong to several components at once."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def weighted_points(x, r, ax=None, *, labels=("x₁", "x₂"), area=36.0):
    """Each point once a component, in its colour and marker, with the area that it weighs there.

    Parameters
    ----------
    x : array_like, (n, 2)
    r : array_like, (n, K)
        Responsibilities; a marker's area is ``area`` times its entry.
    ax : matplotlib.axes.Axes, optional
    labels : pair of str
        The names of the two columns of x, with units.
    area : float
        In points squared.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    x, r = np.asarray(x), np.asarray(r)
    for k in range(r.shape[1]):
        ax.scatter(
            *x.T, s=area * r[:, k], color=colour(k), marker=marker(k), alpha=0.45, linewidths=0
        )
    ax.set(xlabel=labels[0], ylabel=labels[1])
    return ax
