"""Topics named by their words."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour


def top_words(vocabulary, scores, ax=None, *, titles, words=8, xlabel):
    """The words with the largest scores of each topic, one panel a topic.

    Parameters
    ----------
    vocabulary : array_like of str, (V,)
    scores : array_like, (K, V)
    ax : sequence of matplotlib.axes.Axes, optional
        K of them.
    titles : sequence of str, (K,)
    words : int
        How many of each topic.
    xlabel : str
        What a score is, with its unit.

    Returns
    -------
    sequence of matplotlib.axes.Axes
    """
    vocabulary, scores = np.asarray(vocabulary), np.asarray(scores)
    if ax is None:
        ax = axes(len(scores), width=3.1 * len(scores), height=0.28 * words + 1.1, squeeze=False)[0]
    for k, (panel, row) in enumerate(zip(ax, scores, strict=True)):
        first = np.argsort(-row, kind="stable")[:words]
        panel.barh(np.arange(words), row[first], color=colour(k))
        panel.set_yticks(np.arange(words), vocabulary[first])
        panel.invert_yaxis()
        panel.grid(False, axis="y")
        panel.locator_params(axis="x", nbins=3)
        panel.set(xlabel=xlabel, title=titles[k])
    return ax
