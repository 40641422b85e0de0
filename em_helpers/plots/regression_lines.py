"""Lines through points that belong to several of them at once."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour
from em_helpers.plots.weighted_points import weighted_points

LINES = ("-", "--", "-.", ":")


def regression_lines(x, y, r, coefficients, ax=None, *, origin=0.0, labels=("x", "y"), title=""):
    """Points with the area of their responsibilities, and each component's line.

    Parameters
    ----------
    x, y : array_like, (n,)
    r : array_like, (n, K)
    coefficients : array_like, (K, 2)
        Height at the origin and slope of each line.
    ax : matplotlib.axes.Axes, optional
    origin : float
        The x that the heights are at.
    labels : pair of str
        The names of x and y, with units.
    title : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    weighted_points(np.column_stack([x, y]), r, ax, labels=labels, area=24)
    ends = np.array([np.min(x), np.max(x)])
    for k, (height, slope) in enumerate(coefficients):
        ax.plot(
            ends, height + slope * (ends - origin), color=colour(k), linestyle=LINES[k % 4],
            linewidth=2.5, label=f"line {k}, slope {slope:.2f}",
        )  # fmt: skip
    ax.set_title(title)
    ax.legend(fontsize=9)
    return ax
