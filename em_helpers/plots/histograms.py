"""A histogram of observed numbers under the densities of models."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour

LINES = ("-", "--", "-.", ":")


def densities_over_histogram(values, models, ax=None, *, bins, xlabel, unit):
    """How the values are spread, and how each model says that they are.

    Parameters
    ----------
    values : array_like, (n,)
    models : dict of str to mixture with ``log_joint``
        What each model is, and the model, with d = 1.
    ax : matplotlib.axes.Axes, optional
    bins : int or array_like
        As ``Axes.hist`` takes it: how many, or their edges.
    xlabel : str
    unit : str
        The unit of the values.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    values = np.asarray(values)
    ax.hist(values, bins=bins, density=True, color="#c8c8c8", edgecolor="white")
    margin = 0.15 * np.ptp(values)
    x = np.linspace(values.min() - margin, values.max() + margin, 301)
    for place, (label, model) in enumerate(models.items()):
        density = np.exp(model.log_joint(x[:, None])).sum(axis=1)
        ax.plot(x, density, color=colour(place), linestyle=LINES[place % 4], label=label)
    ax.set(xlabel=xlabel, ylabel=f"density [1/{unit}]")
    ax.legend(loc="upper left")
    return ax
