"""Several sets of points side by side, on the same axes: data, and what models make of them."""

import numpy as np

from em_helpers.plots.canvas import axes


def point_clouds(clouds, ax=None, *, labels=("x₁", "x₂")):
    """One panel a set of points, all panels with the same range.

    Parameters
    ----------
    clouds : dict of str to array_like, (n, 2)
        What each set is, and its points.
    ax : sequence of matplotlib.axes.Axes, optional
        As many as there are sets.
    labels : pair of str
        The names of the two columns, with units.

    Returns
    -------
    array of matplotlib.axes.Axes
    """
    if ax is None:
        ax = axes(len(clouds), sharex=True, sharey=True, squeeze=False)[0]
    for panel, (title, points) in zip(ax, clouds.items(), strict=True):
        panel.scatter(*np.asarray(points).T, color="#505050", s=12, alpha=0.7, linewidths=0)
        panel.set(title=title, xlabel=labels[0])
    ax[0].set_ylabel(labels[1])
    return ax
