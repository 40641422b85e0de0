"""Several distributions over the same few states, side by side."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour

HATCHES = ("", "////", "....", "xxxx")


def state_bars(states, tables, ax=None, *, xlabel):
    """A group of bars for each state, one bar a distribution, told apart by colour and hatching.

    Parameters
    ----------
    states : sequence of str, (s,)
        The states' names.
    tables : dict of str to array_like, (s,)
        What each distribution is, and its probabilities.
    ax : matplotlib.axes.Axes, optional
    xlabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    places, width = np.arange(len(states)), 0.8 / len(tables)
    for k, (label, probabilities) in enumerate(tables.items()):
        ax.bar(
            places + (k - (len(tables) - 1) / 2) * width, probabilities, width, color=colour(k),
            hatch=HATCHES[k % 4], edgecolor="white", label=label,
        )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel="probability")
    ax.set_xticks(places, states)
    ax.grid(axis="x", visible=False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(tables), fontsize=9)
    return ax
