"""One mixture seen three ways: with its labels, without them, and as a density over the plane."""

import matplotlib.pyplot as plt
import numpy as np

from em_helpers.plots.canvas import STYLE
from em_helpers.plots.palette import colour, marker


def mixture_views(x, z, model, ax=None, *, labels=("x₁", "x₂"), corner=(-75, 32)):
    """The same points labelled and unlabelled, and p(x; θ) as a surface.

    Parameters
    ----------
    x : array_like, (n, 2)
    z : array_like of int, (n,)
        The component of each point.
    model : a mixture with ``log_joint``
        Whose density is the surface, over the range of the points.
    ax : three matplotlib.axes.Axes, optional
        The last of them with projection "3d".
    labels : pair of str
        The names of the two columns of x, with units.
    corner : pair of float
        Azimuth and elevation of the view on the surface, in degrees.

    Returns
    -------
    tuple of three matplotlib.axes.Axes
    """
    labelled, unlabelled, surface = _three_axes() if ax is None else ax
    x, z = np.asarray(x), np.asarray(z)
    for k in np.unique(z):
        share = f"z = {k}: {np.mean(z == k):.0%}"
        labelled.scatter(*x[z == k].T, color=colour(k), marker=marker(k), s=14, label=share)
    labelled.legend(handletextpad=0.1)
    unlabelled.scatter(*x.T, color="#707070", s=10)
    for each in (labelled, unlabelled):
        each.set(xlabel=labels[0], ylabel=labels[1])
    first, second, density = _on_a_grid(model, x.min(axis=0), x.max(axis=0))
    surface.plot_surface(
        first, second, density, cmap="cividis", rcount=70, ccount=70, linewidth=0.15,
        edgecolor="#404040",
    )  # fmt: skip
    surface.view_init(azim=corner[0], elev=corner[1])
    surface.set(xlabel=labels[0], ylabel=labels[1])
    surface.set_zlabel("density", labelpad=14)
    surface.tick_params(axis="z", pad=6)
    surface.locator_params(nbins=5)
    surface.set_box_aspect((4, 4, 3), zoom=0.95)
    for each, title in zip(
        (labelled, unlabelled, surface), ("(x, z)", "x", "p(x; θ)"), strict=True
    ):
        each.set_title(title)
    return labelled, unlabelled, surface


def _three_axes():
    with plt.style.context(STYLE):
        figure = plt.figure(figsize=(13.2, 4.2), layout="constrained")
        panels = figure.subplot_mosaic(
            "abc", width_ratios=(4, 4, 5), per_subplot_kw={"c": {"projection": "3d"}}
        )
    return panels["a"], panels["b"], panels["c"]


def _on_a_grid(model, low, high, steps=91):
    margin = 0.04 * (high - low)
    sides = np.linspace(low - margin, high + margin, steps).T
    first, second = np.meshgrid(*sides)
    log_joint = model.log_joint(np.column_stack([first.ravel(), second.ravel()]))
    return first, second, np.exp(log_joint).sum(axis=1).reshape(first.shape)
