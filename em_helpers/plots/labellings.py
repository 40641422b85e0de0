"""How log p(D, z; θ) varies when the labels z are drawn instead of averaged over."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour

LINES = ("-", "--", "-.", ":")


def labellings(values, marks, ax=None):
    """A histogram of complete-data log-likelihoods, with upright lines at numbers to compare.

    Parameters
    ----------
    values : array_like, (s,)
        log p(D, z; θ) for s labellings z, in nats.
    marks : dict of str to float
        What each line is, and where it stands.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    ax.hist(np.asarray(values), bins=30, color="#c8c8c8", edgecolor="white")
    for place, (label, value) in enumerate(marks.items()):
        ax.axvline(value, color=colour(place), linestyle=LINES[place % 4], label=label)
    ax.set(xlabel="log p(D, z; θ) [nats]", ylabel="labellings")
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.2), ncols=2)
    return ax
