"""The bound over one number of q and one parameter, and the path of half-steps on it."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def coordinate_ascent(q, theta, bound, ridges, paths, ax=None, *, xlabel="q", ylabel="θ"):
    """Contours of L over (q, θ), where each half-step ends, and paths of half-steps.

    Parameters
    ----------
    q, theta : array_like, (a,) and (b,)
        The grid, along the horizontal and the vertical axis.
    bound : array_like, (b, a)
        L on the grid, in nats.
    ridges : dict of str to pair of array_like
        Curves (q, θ), such as the best q for each θ and the best θ for each q.
    paths : dict of str to array_like, (s, 2)
        Points (q, θ) one after the other.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    bound = np.asarray(bound)
    high = bound.max()
    levels = high - (high - np.quantile(bound, 0.03)) * np.linspace(1, 0, 16) ** 2
    filled = ax.contourf(
        q, theta, bound, levels=levels[:-1], extend="both", cmap="cividis", alpha=0.75
    )
    ax.contour(q, theta, bound, levels=levels[:-1], colors="white", linewidths=0.5, linestyles="-")
    ax.get_figure().colorbar(filled, ax=ax, label="L(p, q) [nats]", format="%.1f")
    for (label, (across, up)), style in zip(ridges.items(), ("--", ":"), strict=False):
        ax.plot(across, up, color="white", linestyle="-", linewidth=3)
        ax.plot(across, up, color="black", linestyle=style, linewidth=1.3, label=label)
    for k, (label, path) in enumerate(paths.items()):
        path = np.asarray(path)
        ax.plot(*path.T, color="white", linestyle="-", linewidth=4)
        ax.plot(
            *path.T, color=colour(k + 1), marker=marker(k), markeredgecolor="black",
            linestyle="-", label=label,
        )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.grid(False)
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.18), ncols=2)
    return ax
