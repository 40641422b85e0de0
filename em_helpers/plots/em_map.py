"""EM in one parameter: the map from θ_t to θ_{t+1}, and the staircase of its iterates."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def em_map(values, mapped, iterates, ax=None, *, xlabel="θ at step t", ylabel="θ at step t + 1"):
    """A map of one parameter with the diagonal, where nothing moves, and the steps between them.

    Parameters
    ----------
    values, mapped : array_like, (m,)
        The parameter, in increasing order, and what one iteration makes of it.
    iterates : array_like, (T + 1,)
        θ_0 … θ_T; each step goes up or down to the map and across to the diagonal.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    values, iterates = np.asarray(values), np.asarray(iterates)
    ax.plot(values, mapped, color=colour(0), linestyle="-", label="one EM step")
    ax.plot(values, values, color="black", linestyle=":", linewidth=1.2, label="nothing moves")
    stairs = np.repeat(iterates, 2)
    ax.plot(
        stairs[:-1], stairs[1:], color=colour(1), linestyle="--", linewidth=1.2, label="iterates"
    )
    ax.plot(
        iterates[:-1], iterates[1:], color=colour(1), linestyle="", marker=marker(1), markersize=5
    )
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="lower right")
    return ax
