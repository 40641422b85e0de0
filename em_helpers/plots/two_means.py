"""The log-likelihood over the means of two components."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def means_surface(grid, values, ends, ax=None, *, unit):
    """Contours over (μ₀, μ₁), the diagonal of equal means, and a segment with its midpoint.

    Parameters
    ----------
    grid : array_like, (a,)
        The values of either mean.
    values : array_like, (a, a)
        The log-likelihood in nats, μ₀ along the rows.
    ends : array_like, (2, 2)
        The segment's ends, each a pair (μ₀, μ₁).
    ax : matplotlib.axes.Axes, optional
    unit : str
        The unit of the means.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    values, ends = np.asarray(values), np.asarray(ends)
    high = values.max()
    levels = high - (high - np.quantile(values, 0.05)) * np.linspace(1, 0, 15) ** 2
    contours = ax.contourf(grid, grid, values.T, levels=levels, extend="min", cmap="cividis")
    ax.get_figure().colorbar(contours, ax=ax, label="log-likelihood [nats]", format="%.0f")
    ax.plot(grid[[0, -1]], grid[[0, -1]], color="white", linestyle=":", label="equal means")
    ax.plot(*ends.T, color="white", linewidth=3.5, linestyle="-")
    ax.plot(*ends.T, color=colour(1), linestyle="--", label="segment")
    for place, k in zip((*ends, ends.mean(axis=0)), (1, 1, 0), strict=True):
        ax.plot(
            *place, marker=marker(k), color=colour(k), markeredgecolor="black", markersize=8,
            linestyle="",
        )  # fmt: skip
    ax.set(xlabel=f"μ₀ [{unit}]", ylabel=f"μ₁ [{unit}]", aspect="equal")
    ax.grid(False)
    return ax
