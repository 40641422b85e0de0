"""What a model gains on data that it was not fitted to."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

LINES = ("-", "--", "-.", ":")


def held_out_gains(components, curves, ax=None, *, ylabel):
    """One curve a setting over the number of components; the level 0 is one component's.

    Parameters
    ----------
    components : array_like of int, (m,)
        K, on a logarithmic axis.
    curves : dict of str to array_like, (m,)
        What the setting is, and its gains.
    ax : matplotlib.axes.Axes, optional
    ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    components = np.asarray(components)
    ax.axhline(0, color="black", linewidth=1)
    for k, (label, gains) in enumerate(curves.items()):
        ax.plot(
            components, gains, color=colour(k), linestyle=LINES[k % 4], marker=marker(k),
            label=label,
        )  # fmt: skip
    ax.set(xlabel="components K", ylabel=ylabel, xscale="log")
    ax.set_xticks(components, [str(K) for K in components])
    ax.minorticks_off()
    ax.legend()
    return ax
