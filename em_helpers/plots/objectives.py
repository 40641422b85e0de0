"""Plot log-likelihoods and other objectives as functions of a model's parameters."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from em_helpers.plots.figure import (
    EMPHASIS,
    HISTOGRAM,
    NEW_AXES,
    Curves,
    axes,
    colour,
    creates_axes,
    figure_of,
    line,
    line_with_markers,
    marker,
    points,
)

CONTOURS_BELOW_TOP = (-200, -100, -50, -20, -10, -5, -2, -1)
"""The contours of an objective's surface, in nats relative to its maximum."""


def contour_levels(heights: ArrayLike, share_below: float, count: int) -> NDArray[np.float64]:
    """Return ``count`` contour levels that become denser towards the maximum, which is the last.

    ``share_below`` is the share of the heights that lies below the lowest level.
    """
    heights = np.asarray(heights)
    top = heights.max()
    return top - (top - np.quantile(heights, share_below)) * np.linspace(1, 0, count) ** 2


@creates_axes
def curve_and_chord(
    values: ArrayLike, curve: ArrayLike, ends: tuple[float, float], ax: Axes = NEW_AXES, *,
    xlabel: str, ylabel: str = "log-likelihood [nats]",
) -> Axes:  # fmt: skip
    """Plot a function and one of its chords; a concave function lies above every chord.

    The ``curve`` is (m,), at increasing ``values`` of the parameter, (m,). The ``ends`` of the
    chord are two values within their range.
    """
    values, curve = np.asarray(values), np.asarray(curve)
    heights, middle = np.interp(ends, values, curve), np.mean(ends)
    ax.plot(values, curve, color=colour(0), linestyle="-", label="log p(D; θ)")
    ax.plot(ends, heights, color=colour(1), linestyle="--", label="chord")
    on_curve = np.interp(middle, values, curve)
    ax.plot(middle, on_curve, **points(0) | EMPHASIS, label="midpoint")
    ax.plot(middle, heights.mean(), **points(1) | EMPHASIS, label="average of the ends")
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2)
    return ax


@creates_axes
def means_surface(
    grid: ArrayLike, values: ArrayLike, ends: ArrayLike, ax: Axes = NEW_AXES, *, unit: str
) -> Axes:
    """Plot a log-likelihood over the means (μ₀, μ₁) of two components, with a segment.

    Parameters
    ----------
    grid : array_like, (a,)
        The values of either mean, in the given ``unit``.
    values : array_like, (a, a)
        The log-likelihood in nats; μ₀ varies along the rows.
    ends : array_like, (2, 2)
        The ends (μ₀, μ₁) of the segment, whose midpoint is marked too.
    """
    grid, values, ends = np.asarray(grid), np.asarray(values), np.asarray(ends)
    levels = contour_levels(values, 0.05, 15)
    contours = ax.contourf(grid, grid, values.T, levels=levels, extend="min", cmap="cividis")
    figure_of(ax).colorbar(contours, ax=ax, label="log-likelihood [nats]", format="%.0f")
    ax.plot(grid[[0, -1]], grid[[0, -1]], color="white", linestyle=":", label="equal means")
    ax.plot(*ends.T, color="white", linewidth=3.5, linestyle="-")
    ax.plot(*ends.T, color=colour(1), linestyle="--", label="segment")
    for point, k in zip((*ends, ends.mean(axis=0)), (1, 1, 0), strict=True):
        ax.plot(*point, **points(k) | EMPHASIS)
    ax.set(xlabel=f"μ₀ [{unit}]", ylabel=f"μ₁ [{unit}]", aspect="equal")
    ax.grid(False)
    return ax


@creates_axes
def collapsing_component(
    deviations: ArrayLike, curves: Curves, level: float, ax: Axes = NEW_AXES, *,
    level_label: str, unit: str,
) -> Axes:  # fmt: skip
    """Plot log-likelihoods while the standard deviation of one component shrinks to zero.

    The standard deviations, (m,), are positive, in the given ``unit``, on a logarithmic axis that
    decreases to the right. ``level`` is a log-likelihood for comparison, drawn as a horizontal
    line. All log-likelihoods are in nats.
    """
    every = max(np.size(deviations) // 8, 1)
    ax.axhline(level, color="black", linestyle=":", label=level_label)
    for k, (label, curve) in enumerate(curves.items()):
        ax.plot(deviations, curve, **line_with_markers(k), markevery=every, label=label)
    ax.set(
        xscale="log", xlabel=f"standard deviation of the narrow component [{unit}]",
        ylabel="log-likelihood [nats]",
    )  # fmt: skip
    ax.invert_xaxis()
    ax.legend(loc="upper left")
    return ax


@creates_axes
def shared_slope(
    values: ArrayLike, curves: Curves, at: float, slope: float, ax: Axes = NEW_AXES, *,
    xlabel: str, ylabel: str,
) -> Axes:  # fmt: skip
    """Plot functions of one parameter, each with a line of the same slope at one value.

    The ``values`` of the parameter, (m,), increase, and ``at`` lies inside their range. ``slope``
    is in units of the curves per unit of the parameter.
    """
    values = np.asarray(values)
    offset = np.array([-0.17, 0.17]) * np.ptp(values)
    for k, (label, curve) in enumerate(curves.items()):
        height = np.interp(at, values, np.asarray(curve))
        ax.plot(values, curve, color=colour(k), linestyle=("-", "-.")[k % 2], label=label)
        ax.plot(at + offset, height + slope * offset, color="black", linewidth=1.2, linestyle="-")
        ax.plot(at, height, color=colour(k), marker=marker(k), markeredgecolor="black", ms=8)
    ax.plot([], [], color="black", linewidth=1.2, linestyle="-", label="slope of log p(D; θ)")
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="lower left")
    return ax


@creates_axes
def complete_data_histogram(
    values: ArrayLike, marks: Mapping[str, float], ax: Axes = NEW_AXES
) -> Axes:
    """Plot a histogram of complete-data log-likelihoods log p(D, z; θ) over labellings z.

    The ``values``, (s,), one for each labelling, are in nats. ``marks`` are values for comparison,
    drawn as vertical lines, by their names in the legend.
    """
    ax.hist(np.asarray(values), bins=30, **HISTOGRAM)
    for k, (label, value) in enumerate(marks.items()):
        ax.axvline(value, **line(k), label=label)
    ax.set(xlabel="log p(D, z; θ) [nats]", ylabel="labellings")
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.2), ncols=2)
    return ax


@creates_axes
def objective_curve(
    values: ArrayLike, objective: ArrayLike, top: float, ax: Axes = NEW_AXES, *,
    xlabel: str, ylabel: str = "expected log-likelihood [nats]",
) -> Axes:  # fmt: skip
    """Plot an M-step's objective along one parameter, hatched where it is not concave.

    Parameters
    ----------
    values, objective : array_like, (m,)
        Equally spaced values of the parameter, and the objective there with all other parameters
        fixed. Where its second difference is positive, the area under the curve is hatched.
    top : float
        The parameter's value that the M-step gives.
    """
    values, objective = np.asarray(values), np.asarray(objective)
    ax.plot(values, objective, color=colour(0))
    low, high = objective.min(), objective.max()
    convex = np.diff(objective, 2) > 1e-9 * (high - low)
    if convex.any():
        ax.fill_between(
            values[1:-1], low, high, where=convex, hatch="//", facecolor="none",
            edgecolor="#b0b0b0", linewidth=0, label="bends upwards: not concave",
        )  # fmt: skip
    top_style = {"marker": marker(3), "color": colour(1)} | EMPHASIS
    ax.plot(top, np.interp(top, values, objective), **top_style, label="M-step")
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="upper right")
    return ax


@creates_axes
def objective_surface(
    first: ArrayLike, second: ArrayLike, objective: ArrayLike, path: ArrayLike,
    ax: Axes = NEW_AXES, *, xlabel: str, ylabel: str,
) -> Axes:  # fmt: skip
    """Plot contours of an M-step's objective over two parameters, with a path to its maximum.

    Each contour is labelled with its distance below the maximum, in nats.

    Parameters
    ----------
    first, second : array_like, (a,) and (b,)
        The two parameters' values along the horizontal and the vertical axis.
    objective : array_like, (b, a)
    path : array_like, (s, 2)
        Consecutive points (first, second), from the old parameters to the M-step's.
    """
    objective, path = np.asarray(objective), np.asarray(path)
    contours = ax.contour(
        first, second, objective - objective.max(), levels=CONTOURS_BELOW_TOP, colors=[colour(0)],
        linestyles="solid", linewidths=1.2,
    )  # fmt: skip
    ax.clabel(contours, fmt="%g")
    ax.plot(*path.T, color="black", linewidth=1.5, linestyle="--")
    ax.plot(*path[0], marker=marker(0), color="white", label="before", **EMPHASIS)
    ax.plot(*path[-1], marker=marker(3), color=colour(1), label="M-step", **EMPHASIS)
    ax.legend(loc="upper right")
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.grid(False)
    return ax


@creates_axes
def optimization_paths(
    first: ArrayLike, second: ArrayLike, heights: ArrayLike, paths: Curves,
    ax: Axes = NEW_AXES, *, xlabel: str, ylabel: str, zlabel: str,
) -> Axes:  # fmt: skip
    """Plot contours of a function of two parameters, with the path of each algorithm.

    Parameters
    ----------
    first, second : array_like, (a,) and (b,)
        The two parameters' values along the horizontal and the vertical axis.
    heights : array_like, (b, a)
    paths : dict of str to array_like, (s, 2)
        Each algorithm's points (first, second) from the start on, by its name in the legend.
    """
    levels = np.unique(contour_levels(heights, 0.03, 16))
    contours = ax.contourf(
        first, second, heights, levels=levels, extend="min", cmap="Greys_r", alpha=0.75
    )
    digits = "%.0f" if np.ptp(levels) > 15 else "%.2f"
    figure_of(ax).colorbar(contours, ax=ax, label=zlabel, format=digits)
    for k, (label, path) in enumerate(paths.items()):
        ax.plot(
            *np.asarray(path).T, **line_with_markers(k), markersize=5, markeredgecolor="white",
            markeredgewidth=0.5, label=label,
        )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.grid(False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, fontsize=9)
    return ax


def hessian_heatmap(
    hessian: ArrayLike, names: Sequence[str], ax: Axes | None = None, *, title: str, largest: float
) -> Axes:
    """Plot the absolute values of second derivatives as a heat map, with dots where they are zero.

    The ``hessian`` is (p, p), and ``names`` are those of the p parameters. The absolute value
    ``largest`` is drawn darkest, so that several heat maps can share one scale.
    """
    ax = axes(height=4.4) if ax is None else ax
    size = np.abs(np.asarray(hessian))
    zero = size < 1e-9 * largest
    shades = ax.imshow(np.where(zero, np.nan, size), cmap="cividis_r", vmin=0, vmax=largest)
    ax.plot(*np.argwhere(zero).T[::-1], marker=".", color="#909090", markersize=3, linestyle="")
    ax.set_xticks(range(len(names)), names, rotation=90)
    ax.set_yticks(range(len(names)), names)
    ax.set_title(title)
    ax.grid(False)
    figure_of(ax).colorbar(shades, ax=ax, label="size of the second derivative [nats]", shrink=0.8)
    return ax


@creates_axes
def moment_matching(
    eta: ArrayLike, log_partition: ArrayLike, moment: float, ax: Axes = NEW_AXES, *, title: str = ""
) -> Axes:
    """Plot the log-partition function A(η) and the line tη, which are furthest apart at A′(η) = t.

    The largest difference is marked, unless it lies at an end of ``eta``.

    Parameters
    ----------
    eta, log_partition : array_like, (m,)
        Equally spaced natural parameters, and A(η) at them.
    moment : float
        The moment t of the sufficient statistic T(x) that is to be matched.
    """
    eta, log_partition = np.asarray(eta), np.asarray(log_partition)
    linear = moment * eta
    best = int(np.argmax(linear - log_partition))
    ax.plot(eta, log_partition, color=colour(0), label="A(η)")
    ax.plot(eta, linear, color=colour(1), linestyle="--", label=f"tη, t = {moment:g}")
    if 0 < best < eta.size - 1:
        tangent = log_partition[best] + moment * (eta - eta[best])
        ax.plot(eta, tangent, color="#808080", linestyle=":", label="slope t")
        ax.plot(
            [eta[best]] * 2, [log_partition[best], linear[best]], color="black", marker=marker(3),
            linestyle="-", label="tη − A(η) largest",
        )  # fmt: skip
    ax.set(xlabel="η", ylabel="nats", title=title)
    ax.legend(loc="upper left", fontsize=9)
    return ax
