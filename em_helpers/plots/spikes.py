"""What becomes of a log-likelihood while one component narrows down on a point."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

LINES = ("-", "--", "-.", ":")


def narrowing(deviations, curves, level, ax=None, *, level_label, unit):
    """Log-likelihoods against the standard deviation of one component, narrower to the right.

    Parameters
    ----------
    deviations : array_like, (m,)
        Positive; drawn on a logarithmic axis.
    curves : dict of str to array_like, (m,)
        What each log-likelihood is, and its values in nats.
    level : float
        A log-likelihood to compare with, drawn as a level line.
    ax : matplotlib.axes.Axes, optional
    level_label : str
    unit : str
        The unit of the standard deviation.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    deviations = np.asarray(deviations)
    every = max(len(deviations) // 8, 1)
    ax.axhline(level, color="black", linestyle=":", label=level_label)
    for k, (label, curve) in enumerate(curves.items()):
        ax.plot(
            deviations, curve, color=colour(k), linestyle=LINES[k % 4], marker=marker(k),
            markevery=every, label=label,
        )  # fmt: skip
    ax.set(
        xscale="log", xlabel=f"standard deviation of the narrow component [{unit}]",
        ylabel="log-likelihood [nats]",
    )  # fmt: skip
    ax.invert_xaxis()
    ax.legend(loc="upper left")
    return ax
