"""Plot mixtures: samples, densities, and what each component looks like."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from em_helpers.models import responsibilities
from em_helpers.plots.figure import (
    HISTOGRAM,
    NEW_AXES,
    STYLE_SHEET,
    axes,
    colour,
    creates_axes,
    line,
    marker,
    points,
)

ANGLES = np.linspace(0, 2 * np.pi, 181)


def mixture_views(
    x: ArrayLike, z: ArrayLike, model: Any, ax: Sequence[Any] | None = None, *,
    labels: tuple[str, str] = ("x₁", "x₂"), view: tuple[float, float] = (-75, 32),
) -> tuple[Any, Any, Any]:  # fmt: skip
    """Plot the same points with and without labels, and the density p(x; θ) as a surface.

    Parameters
    ----------
    x : array_like, (n, 2)
    z : array_like of int, (n,)
        The component of each point.
    model : a mixture with ``log_joint``
        Its density is drawn over the range of the points.
    ax : three matplotlib.axes.Axes, optional
        The last of them with projection "3d".
    view : pair of float
        Azimuth and elevation of the view of the surface, in degrees.
    """
    labelled, unlabelled, surface = _three_axes() if ax is None else ax
    x, z = np.asarray(x), np.asarray(z)
    for k in np.unique(z):
        share = f"z = {k}: {np.mean(z == k):.0%}"
        labelled.scatter(*x[z == k].T, color=colour(k), marker=marker(k), s=14, label=share)
    labelled.legend(handletextpad=0.1)
    unlabelled.scatter(*x.T, color="#707070", s=10)
    first, second, density = _density_on_grid(model, x.min(axis=0), x.max(axis=0))
    surface.plot_surface(
        first, second, density, cmap="cividis", rcount=70, ccount=70, linewidth=0.15,
        edgecolor="#404040",
    )  # fmt: skip
    surface.view_init(azim=view[0], elev=view[1])
    surface.set_zlabel("density", labelpad=14)
    surface.tick_params(axis="z", pad=6)
    surface.locator_params(nbins=5)
    surface.set_box_aspect((4, 4, 3), zoom=0.95)
    titles = {"(x, z)": labelled, "x": unlabelled, "p(x; θ)": surface}
    for title, panel in titles.items():
        panel.set(xlabel=labels[0], ylabel=labels[1], title=title)
    return labelled, unlabelled, surface


def _three_axes() -> tuple[Any, Any, Any]:
    with plt.style.context(STYLE_SHEET):
        figure = plt.figure(figsize=(13.2, 4.2), layout="constrained")
        panels = figure.subplot_mosaic(
            "abc", width_ratios=(4, 4, 5), per_subplot_kw={"c": {"projection": "3d"}}
        )
    return panels["a"], panels["b"], panels["c"]


def _density_on_grid(
    model: Any, low: NDArray[np.floating], high: NDArray[np.floating], steps: int = 91
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    margin = 0.04 * (high - low)
    first, second = np.meshgrid(*np.linspace(low - margin, high + margin, steps).T)
    log_joint = model.log_joint(np.column_stack([first.ravel(), second.ravel()]))
    return first, second, np.exp(log_joint).sum(axis=1).reshape(first.shape)


@creates_axes
def densities_over_histogram(
    values: ArrayLike, models: Mapping[str, Any], ax: Axes = NEW_AXES, *,
    bins: Any, xlabel: str, unit: str,
) -> Axes:  # fmt: skip
    """Plot a histogram of observed numbers under the densities of models.

    Parameters
    ----------
    values : array_like, (n,)
        The numbers, in the given ``unit``.
    models : dict of str to mixture with ``log_joint``
        One-dimensional models by their names in the legend.
    bins : int or array_like
        The number of bins or their edges, as in ``Axes.hist``.
    """
    values = np.asarray(values)
    ax.hist(values, bins=bins, density=True, **HISTOGRAM)
    margin = 0.15 * np.ptp(values)
    x = np.linspace(values.min() - margin, values.max() + margin, 301)
    for k, (label, model) in enumerate(models.items()):
        ax.plot(x, np.exp(model.log_joint(x[:, None])).sum(axis=1), **line(k), label=label)
    ax.set(xlabel=xlabel, ylabel=f"density [1/{unit}]")
    ax.legend(loc="upper left")
    return ax


@creates_axes
def joint_curves(model: Any, x: ArrayLike, ax: Axes = NEW_AXES, *, xlabel: str, unit: str) -> Axes:
    """Plot the joint density p(x, z_k; θ) of each component and their sum p(x; θ).

    The model is a one-dimensional mixture. The points ``x``, (m,), increase and have the given
    ``unit``.
    """
    x = np.asarray(x)
    joint = np.exp(model.log_joint(x[:, None]))
    _plot_components(x, joint, ax, "p(x, z = {}; θ)")
    ax.plot(x, joint.sum(axis=1), color="black", linestyle="--", label="p(x; θ), their sum")
    ax.set(xlabel=xlabel, ylabel=f"density [1/{unit}]")
    ax.legend()
    return ax


@creates_axes
def posterior_curves(model: Any, x: ArrayLike, ax: Axes = NEW_AXES, *, xlabel: str) -> Axes:
    """Plot the posterior p(z_k | x; θ) of each component at increasing points ``x``, (m,).

    The model is a one-dimensional mixture.
    """
    x = np.asarray(x)
    _plot_components(x, responsibilities(model, x[:, None]), ax, "p(z = {} | x; θ)")
    ax.set(xlabel=xlabel, ylabel="probability", ylim=(-0.03, 1.03))
    ax.legend(loc="center right")
    return ax


def _plot_components(
    x: NDArray[np.floating], values: NDArray[np.floating], ax: Axes, label: str
) -> None:
    every = max(len(x) // 10, 1)
    for k, curve in enumerate(values.T):
        ax.plot(x, curve, **points(k) | {"linestyle": "-"}, markevery=every, label=label.format(k))


@creates_axes
def ellipses(
    means: ArrayLike, covariances: ArrayLike, ax: Axes = NEW_AXES, *,
    deviations: Sequence[float] = (1, 2), components: Sequence[int] | None = None,
    label: str | None = None, linewidth: float = 1.8, linestyle: Any = "-",
) -> Axes:  # fmt: skip
    """Plot two-dimensional Gaussians as their means and ellipses of equal density.

    Parameters
    ----------
    means : array_like, (K, 2)
    covariances : array_like, (K, 2, 2)
        Symmetric; a singular one is drawn as a segment.
    deviations : sequence of float
        The Mahalanobis distances of the ellipses from the mean; the first is drawn heaviest.
    components : sequence of int, optional
        The components whose colours and markers the Gaussians have; 0, …, K − 1 by default.
    label : str, optional
        One label in the legend for all of them.
    linewidth : float
        The width of the first ellipse.
    linestyle
        As in ``Axes.plot``.
    """
    means, covariances = np.asarray(means), np.asarray(covariances)
    components = range(len(means)) if components is None else components
    for k, mean, covariance in zip(components, means, covariances, strict=True):
        values, vectors = np.linalg.eigh(covariance)
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        circle = root @ np.array([np.cos(ANGLES), np.sin(ANGLES)])
        ax.plot(*mean, **points(k), markeredgecolor="black")
        for rank, radius in enumerate(deviations):
            ax.plot(
                *(mean[:, None] + radius * circle), color=colour(k), linestyle=linestyle,
                linewidth=linewidth / (1 + rank), label=label,
            )  # fmt: skip
            label = None
    return ax


def point_clouds(
    clouds: Mapping[str, ArrayLike], ax: Sequence[Any] | None = None, *,
    labels: tuple[str, str] = ("x₁", "x₂"),
) -> Sequence[Any]:  # fmt: skip
    """Plot sets of points side by side on the same scale, such as data and samples of models.

    The points of each set, (n, 2), are given by the title of its panel. ``ax`` has one panel for
    each.
    """
    if ax is None:
        ax = axes(len(clouds), sharex=True, sharey=True, squeeze=False)[0]
    for panel, (title, cloud) in zip(ax, clouds.items(), strict=True):
        panel.scatter(*np.asarray(cloud).T, color="#505050", s=12, alpha=0.7, linewidths=0)
        panel.set(title=title, xlabel=labels[0])
    ax[0].set_ylabel(labels[1])
    return ax


def pixel_images(
    images: ArrayLike, ax: Sequence[Any] | None = None, *, titles: Sequence[str]
) -> Sequence[Any]:
    """Plot small grey images, such as the means of a mixture over handwritten digits.

    The ``images``, (m, height, width), have values between 0 (white) and 1 (black). ``ax`` and
    ``titles`` have one entry for each image.
    """
    images = np.asarray(images)
    if ax is None:
        ax = axes(len(images), width=1.15 * len(images), height=1.6, squeeze=False)[0]
    for panel, image, title in zip(ax, images, titles, strict=True):
        panel.imshow(image, cmap="gray_r", vmin=0, vmax=1)
        panel.set(xticks=[], yticks=[])
        panel.set_title(title, fontsize=10)
    return ax


def top_words(
    vocabulary: ArrayLike, scores: ArrayLike, ax: Sequence[Any] | None = None, *,
    titles: Sequence[str], words: int = 8, xlabel: str,
) -> Sequence[Any]:  # fmt: skip
    """Plot the ``words`` words with the largest scores of each topic, one panel per topic.

    The ``vocabulary`` is (V,), and the ``scores`` are (K, V). ``ax`` and ``titles`` have one entry
    for each topic. The ``xlabel`` says what a score is, with its unit.
    """
    vocabulary, scores = np.asarray(vocabulary), np.asarray(scores)
    if ax is None:
        ax = axes(len(scores), width=3.1 * len(scores), height=0.28 * words + 1.1, squeeze=False)[0]
    for k, (panel, row) in enumerate(zip(ax, scores, strict=True)):
        best = np.argsort(-row, kind="stable")[:words]
        panel.barh(np.arange(words), row[best], color=colour(k))
        panel.set_yticks(np.arange(words), vocabulary[best])
        panel.invert_yaxis()
        panel.grid(False, axis="y")
        panel.locator_params(axis="x", nbins=3)
        panel.set(xlabel=xlabel, title=titles[k])
    return ax
