"""Jensen's inequality for the logarithm: the tangent at the mean lies above every point."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def jensen(values, weights, ax=None, *, xlabel, ylabel):
    """Points on the logarithm, the tangent at their weighted mean, and the two heights there.

    Parameters
    ----------
    values : array_like, (m,)
        Positive numbers u.
    weights : array_like, (m,)
        Positive, summing to one; a point's area is proportional to its weight.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    values, weights = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    mean, mean_of_logs = weights @ values, weights @ np.log(values)
    curve = np.linspace(0.5 * values.min(), 1.15 * values.max(), 200)
    ax.plot(curve, np.log(curve), color=colour(0), linestyle="-", label="log u")
    tangent = np.log(mean) + (curve - mean) / mean
    ax.plot(curve, tangent, color=colour(1), linestyle="--", label="its tangent at the mean")
    ax.scatter(values, np.log(values), s=300 * weights, color=colour(0), marker=marker(0), zorder=3)
    ax.plot([mean, mean], [mean_of_logs, np.log(mean)], color="black", linestyle=":")
    points = {"log of the mean": (np.log(mean), 2), "mean of the logs": (mean_of_logs, 1)}
    for label, (height, k) in points.items():
        ax.plot(
            mean, height, marker=marker(k), color=colour(k), markeredgecolor="black",
            markersize=8, linestyle="", label=f"{label}: {height:.2f}",
        )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="lower right")
    return ax
