"""Where runs from many starts end."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def finals(ends, ax=None, *, bins):
    """How many runs end at which log-likelihood, for several ways of starting.

    Parameters
    ----------
    ends : dict of str to array_like, (S,)
        The way of starting, and the final log-likelihood of each of its runs.
    ax : matplotlib.axes.Axes, optional
    bins : array_like
        Edges of the bins, in nats.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    bins = np.asarray(bins, dtype=float)
    width = np.diff(bins) / (len(ends) + 1)
    for k, (label, values) in enumerate(ends.items()):
        counts, _ = np.histogram(values, bins)
        places = bins[:-1] + width * (k + 1)
        ax.bar(places, counts, 0.9 * width, color=colour(k), label=label)
        some = counts > 0
        ax.plot(
            places[some], counts[some], marker=marker(k), color=colour(k), markeredgecolor="black",
            linestyle="",
        )  # fmt: skip
    ax.set(xlabel="final log p(D; θ) [nats]", ylabel="runs", ylim=(0, None))
    ax.legend()
    return ax
