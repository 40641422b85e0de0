"""Plot one quantity for several methods, models or distributions side by side."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator
from numpy.typing import ArrayLike

from em_helpers.plots.figure import NEW_AXES, Curves, colour, creates_axes, hatch, line_with_markers


@creates_axes
def compare_methods(
    positions: ArrayLike, curves: Curves, ax: Axes = NEW_AXES, *,
    xlabel: str, ylabel: str, errors: Curves | None = None,
) -> Axes:  # fmt: skip
    """Plot one line per method, with a marker for each value and optional error bars.

    The horizontal ``positions`` are (m,), in increasing order. ``errors`` are standard errors by
    the names in ``curves``, drawn up and down.
    """
    for k, (label, values) in enumerate(curves.items()):
        ax.errorbar(
            positions, np.asarray(values), None if errors is None else errors[label],
            **line_with_markers(k), markersize=6, label=label, capsize=3,
        )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend()
    return ax


@creates_axes
def scaling(
    sizes: ArrayLike, curves: Curves, ax: Axes = NEW_AXES, *,
    xlabel: str, ylabel: str = "",
) -> Axes:  # fmt: skip
    """Plot how costs grow with a size, with both axes logarithmic, so that powers are slopes.

    The ``sizes``, (m,), are integers in increasing order, and the ticks of the horizontal axis. The
    costs in ``curves`` are positive.
    """
    sizes = np.asarray(sizes)
    compare_methods(sizes, curves, ax, xlabel=xlabel, ylabel=ylabel)
    ax.set(xscale="log", yscale="log")
    ax.set_xticks(sizes, [f"{size:,}".replace(",", " ") for size in sizes])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.legend(loc="upper left")
    return ax


@creates_axes
def selection_criteria(
    components: ArrayLike, curves: Curves, ax: Axes = NEW_AXES, *, ylabel: str
) -> Axes:
    """Plot a criterion such as BIC against the number of components, with each minimum ringed.

    There is one curve per family of models, at the numbers of ``components``, (m,).
    """
    components = np.asarray(components)
    for k, (label, curve) in enumerate(curves.items()):
        values = np.asarray(curve)
        best = int(values.argmin())
        label = f"{label}: smallest at K = {components[best]}"
        ax.plot(components, values, **line_with_markers(k), label=label)
        ax.plot(
            components[best], values[best], marker="o", markersize=15, color="none",
            markeredgecolor=colour(k), markeredgewidth=2, linestyle="",
        )  # fmt: skip
    ax.set(xlabel="components K", ylabel=ylabel, xticks=components)
    ax.legend(loc="upper center")
    return ax


@creates_axes
def held_out_gains(
    components: ArrayLike, curves: Curves, ax: Axes = NEW_AXES, *, ylabel: str
) -> Axes:
    """Plot gains on held-out data, relative to one component, against the number of components.

    There is one curve per setting, at the numbers of ``components``, (m,), on a logarithmic axis.
    """
    components = np.asarray(components)
    ax.axhline(0, color="black", linewidth=1)
    for k, (label, gains) in enumerate(curves.items()):
        ax.plot(components, gains, **line_with_markers(k), label=label)
    ax.set(xlabel="components K", ylabel=ylabel, xscale="log")
    ax.set_xticks(components, [str(K) for K in components])
    ax.minorticks_off()
    ax.legend()
    return ax


@creates_axes
def distribution_bars(
    states: Sequence[str], distributions: Curves, ax: Axes = NEW_AXES, *, xlabel: str
) -> Axes:
    """Plot several distributions over the same states, (s,), as grouped bars.

    The ``distributions``, (s,) each, are given by their names in the legend.
    """
    positions, width = np.arange(len(states)), 0.8 / len(distributions)
    for k, (label, probabilities) in enumerate(distributions.items()):
        ax.bar(
            positions + (k - (len(distributions) - 1) / 2) * width, probabilities, width,
            color=colour(k), hatch=hatch(k), edgecolor="white", label=label,
        )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel="probability")
    ax.set_xticks(positions, states)
    ax.grid(axis="x", visible=False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(distributions), fontsize=9)
    return ax
