"""The expected complete-data log-likelihood around its top, along one parameter and over two."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

DROPS = (-200, -100, -50, -20, -10, -5, -2, -1)
"""The contours of a surface, in nats from its top."""


def profile(values, objective, top, ax=None, *, xlabel, ylabel="expected log-likelihood [nats]"):
    """A curve of the objective with its top, and a hatched ground where it bends upwards.

    Parameters
    ----------
    values : array_like, (m,)
        Equally spaced values of one parameter.
    objective : array_like, (m,)
        The objective there, all else held fixed; where its second difference is positive the
        ground is hatched: the curve is not concave there.
    top : float
        The parameter's value that the M-step gives.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    values, objective = np.asarray(values), np.asarray(objective)
    ax.plot(values, objective, color=colour(0))
    low, high = objective.min(), objective.max()
    convex = np.diff(objective, 2) > 1e-9 * (high - low)
    if convex.any():
        ax.fill_between(
            values[1:-1], low, high, where=convex, hatch="//", facecolor="none",
            edgecolor="#b0b0b0", linewidth=0, label="bends upwards: not concave",
        )  # fmt: skip
    ax.plot(
        top, np.interp(top, values, objective), marker=marker(3), color=colour(1),
        markeredgecolor="black", markersize=8, linestyle="", label="M-step",
    )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="upper right")
    return ax


def surface(first, second, objective, path, ax=None, *, xlabel, ylabel):
    """Contours of the objective over two parameters, with a path that ends at the M-step.

    Each contour says how many nats it lies below the top.

    Parameters
    ----------
    first, second : array_like, (a,) and (b,)
        The two parameters' values, along the horizontal and the vertical axis.
    objective : array_like, (b, a)
    path : array_like, (s, 2)
        Points (first, second) one after the other: where the parameters were, …, the M-step.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    objective, path = np.asarray(objective), np.asarray(path)
    contours = ax.contour(
        first, second, objective - objective.max(), levels=DROPS, colors=[colour(0)],
        linestyles="solid", linewidths=1.2,
    )  # fmt: skip
    ax.clabel(contours, fmt="%g")
    ax.plot(*path.T, color="black", linewidth=1.5, linestyle="--")
    ends = {"markeredgecolor": "black", "markersize": 8, "linestyle": ""}
    ax.plot(*path[0], marker=marker(0), color="white", label="before", **ends)
    ax.plot(*path[-1], marker=marker(3), color=colour(1), label="M-step", **ends)
    ax.legend(loc="upper right")
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.grid(False)
    return ax
