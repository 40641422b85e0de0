"""Two columns, the second with gaps: what a normal fills in, and how sure it is."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def filled_gaps(x, filled, deviations, ax=None, *, labels=("x₁", "x₂")):
    """Complete rows as points; rows with a gap at the filled value, with one deviation each way.

    Parameters
    ----------
    x : array_like, (n, 2)
        NaN in the second column marks a gap.
    filled : array_like, (n,)
        The second column without gaps.
    deviations : array_like, (n,)
        The conditional standard deviation of each filled value; not read in complete rows.
    ax : matplotlib.axes.Axes, optional
    labels : pair of str
        The names of the two columns, with units.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    x, filled, deviations = np.asarray(x), np.asarray(filled), np.asarray(deviations)
    gap = np.isnan(x[:, 1])
    ax.plot(
        *x[~gap].T, color=colour(0), marker=marker(0), markersize=4, linestyle="", alpha=0.7,
        label="recorded",
    )  # fmt: skip
    ax.errorbar(
        x[gap, 0], filled[gap], deviations[gap], color=colour(1), marker=marker(1), markersize=4,
        linestyle="", elinewidth=0.8, alpha=0.8, label="gap: mean ± one deviation",
    )  # fmt: skip
    ax.set(xlabel=labels[0], ylabel=labels[1])
    ax.legend(loc="lower right")
    return ax
