"""Gaussians in two dimensions, drawn as the ellipses of equal density."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

ANGLES = np.linspace(0, 2 * np.pi, 181)


def ellipses(means, covariances, ax=None, *, deviations=(1, 2), components=None, **line):
    """Each Gaussian's mean, and the ellipses at some Mahalanobis distances from it.

    Parameters
    ----------
    means : array_like, (K, 2)
    covariances : array_like, (K, 2, 2)
        Symmetric; a singular one is drawn as the segment that it is.
    ax : matplotlib.axes.Axes, optional
    deviations : sequence of float
        The distances, in standard deviations; the first is drawn heaviest.
    components : sequence of int, optional
        Which component's colour and marker each Gaussian has; 0 … K−1 if not given.
    **line
        As ``Axes.plot`` takes it, such as ``linestyle`` and ``label``; the label is given once.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    label = line.pop("label", None)
    width = line.pop("linewidth", 1.8)
    means, covariances = np.asarray(means), np.asarray(covariances)
    components = range(len(means)) if components is None else components
    for k, mean, covariance in zip(components, means, covariances, strict=True):
        values, vectors = np.linalg.eigh(covariance)
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        circle = root @ np.array([np.cos(ANGLES), np.sin(ANGLES)])
        ax.plot(*mean, marker=marker(k), color=colour(k), markeredgecolor="black", linestyle="")
        for place, radius in enumerate(deviations):
            options = {"linestyle": "-"} | line | {"linewidth": width / (1 + place)}
            x, y = mean[:, None] + radius * circle
            ax.plot(x, y, color=colour(k), label=label, **options)
            label = None
    return ax
