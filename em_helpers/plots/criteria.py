"""A criterion against the number of components, with the smallest marked."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

LINES = ("-", "--", "-.", ":")


def criteria(components, curves, ax=None, *, ylabel):
    """One curve a family of models over K; a ring marks the smallest value of each.

    Parameters
    ----------
    components : array_like of int, (m,)
        The numbers of components K.
    curves : dict of str to array_like, (m,)
        What the family is, and its criterion for each K.
    ax : matplotlib.axes.Axes, optional
    ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    components = np.asarray(components)
    for k, (label, values) in enumerate(curves.items()):
        values = np.asarray(values)
        best = int(values.argmin())
        ax.plot(
            components, values, color=colour(k), linestyle=LINES[k % 4], marker=marker(k),
            label=f"{label}: smallest at K = {components[best]}",
        )  # fmt: skip
        ax.plot(
            components[best], values[best], marker="o", markersize=15, color="none",
            markeredgecolor=colour(k), markeredgewidth=2, linestyle="",
        )  # fmt: skip
    ax.set(xlabel="components K", ylabel=ylabel, xticks=components)
    ax.legend(loc="upper center")
    return ax
