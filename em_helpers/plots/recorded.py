"""Points of which one coordinate was recorded or not, as somebody who knows all sees them."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def recorded(x, kept, ax=None, *, labels=("x₁", "x₂")):
    """Rows whose second entry was kept, and rows that lost it, in two colours and markers.

    Parameters
    ----------
    x : array_like, (n, 2)
        Complete.
    kept : array_like of bool, (n,)
        Whether the second entry was recorded.
    ax : matplotlib.axes.Axes, optional
    labels : pair of str
        The names of the two columns, with units.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    x, kept = np.asarray(x), np.asarray(kept, dtype=bool)
    for k, (rows, label) in enumerate(((kept, "recorded"), (~kept, "not recorded"))):
        ax.plot(
            *x[rows].T, color=colour(k), marker=marker(k), markersize=4, linestyle="", alpha=0.45,
            markeredgewidth=0, label=label,
        )  # fmt: skip
    ax.set(xlabel=labels[0], ylabel=labels[1])
    return ax
