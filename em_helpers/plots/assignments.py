"""Points with the components that they belong to: in part, or wholly."""

import numpy as np
from matplotlib.colors import to_rgb

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

DOUBT = 0.1
"""A point is ringed if its most probable component leaves more than this to the others."""


def soft_labels(x, r, ax=None, *, labels=("x₁", "x₂")):
    """Each point in the mixed colour of its components, ringed where its component is in doubt.

    Parameters
    ----------
    x : array_like, (n, 2)
    r : array_like, (n, K)
        Responsibilities: the colour is their mixture, the marker that of the largest.
    ax : matplotlib.axes.Axes, optional
    labels : pair of str
        The names of the two columns of x, with units.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    x, r = np.asarray(x), np.asarray(r)
    mixed = np.clip(r @ np.array([to_rgb(colour(k)) for k in range(r.shape[1])]), 0, 1)
    doubtful = r.max(axis=1) < 1 - DOUBT
    for k in range(r.shape[1]):
        for chosen, edge, size in ((~doubtful, "none", 20), (doubtful, "black", 34)):
            rows = chosen & (r.argmax(axis=1) == k)
            ax.scatter(*x[rows].T, c=mixed[rows], marker=marker(k), s=size, edgecolors=edge)
    ax.scatter(
        [], [], marker="o", s=34, facecolors="none", edgecolors="black",
        label=f"largest responsibility below {1 - DOUBT:g}",
    )  # fmt: skip
    ax.set(xlabel=labels[0], ylabel=labels[1])
    ax.legend(loc="lower right")
    return ax


def hard_labels(x, z, ax=None, *, labels=("x₁", "x₂")):
    """Each point in the colour and the marker of one component.

    Parameters
    ----------
    x : array_like, (n, 2)
    z : array_like of int, (n,)
        The component of each point.
    ax : matplotlib.axes.Axes, optional
    labels : pair of str
        The names of the two columns of x, with units.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    x, z = np.asarray(x), np.asarray(z)
    for k in np.unique(z):
        ax.scatter(*x[z == k].T, color=colour(k), marker=marker(k), s=20, label=f"ẑ = {k}")
    ax.set(xlabel=labels[0], ylabel=labels[1])
    ax.legend(loc="lower right")
    return ax
