"""Plot data points: their components, assigned softly or hard, and their missing entries."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from numpy.typing import ArrayLike

from em_helpers.models import responsibilities
from em_helpers.plots.figure import NEW_AXES, colour, creates_axes, line, marker, points

DOUBT = 0.1
"""A point is in doubt if its most probable component leaves more than this to the others."""

COINS = "ABCDEF"


@creates_axes
def soft_assignments(
    x: ArrayLike, r: ArrayLike, ax: Axes = NEW_AXES, *, labels: tuple[str, str] = ("x₁", "x₂")
) -> Axes:
    """Plot each point in the mixed colour of its components, ringed where it is in doubt.

    The responsibilities ``r``, (n, K), of the points ``x``, (n, 2), weight the colours. The largest
    one gives the marker.
    """
    x, r = np.asarray(x), np.asarray(r)
    colours = np.clip(r @ np.array([to_rgb(colour(k)) for k in range(r.shape[1])]), 0, 1)
    doubtful = r.max(axis=1) < 1 - DOUBT
    for k in range(r.shape[1]):
        for chosen, edge, size in ((~doubtful, "none", 20), (doubtful, "black", 34)):
            rows = chosen & (r.argmax(axis=1) == k)
            ax.scatter(
                x[rows, 0], x[rows, 1], c=colours[rows], marker=marker(k), s=size, edgecolors=edge
            )
    ax.scatter(
        [], [], marker="o", s=34, facecolors="none", edgecolors="black",
        label=f"largest responsibility below {1 - DOUBT:g}",
    )  # fmt: skip
    ax.set(xlabel=labels[0], ylabel=labels[1])
    ax.legend(loc="lower right")
    return ax


@creates_axes
def hard_assignments(
    x: ArrayLike, z: ArrayLike, ax: Axes = NEW_AXES, *, labels: tuple[str, str] = ("x₁", "x₂")
) -> Axes:
    """Plot each point of ``x``, (n, 2), in the colour and with the marker of its component.

    The components ``z``, (n,), are integers.
    """
    x, z = np.asarray(x), np.asarray(z)
    for k in np.unique(z):
        ax.scatter(
            x[z == k, 0], x[z == k, 1], color=colour(k), marker=marker(k), s=20, label=f"ẑ = {k}"
        )
    ax.set(xlabel=labels[0], ylabel=labels[1])
    ax.legend(loc="lower right")
    return ax


@creates_axes
def weighted_points(
    x: ArrayLike, r: ArrayLike, ax: Axes = NEW_AXES, *,
    labels: tuple[str, str] = ("x₁", "x₂"), area: float = 36.0,
) -> Axes:  # fmt: skip
    """Plot each point once per component, with an area proportional to its responsibility.

    The responsibilities ``r`` of the points ``x``, (n, 2), are (n, K). ``area`` is that of a marker
    whose responsibility is 1, in points squared.
    """
    x, r = np.asarray(x), np.asarray(r)
    for k in range(r.shape[1]):
        ax.scatter(
            x[:, 0], x[:, 1], s=area * r[:, k], color=colour(k), marker=marker(k), alpha=0.45,
            linewidths=0,
        )  # fmt: skip
    ax.set(xlabel=labels[0], ylabel=labels[1])
    return ax


@creates_axes
def regression_lines(
    x: ArrayLike, y: ArrayLike, r: ArrayLike, coefficients: ArrayLike, ax: Axes = NEW_AXES, *,
    origin: float = 0.0, labels: tuple[str, str] = ("x", "y"), title: str = "",
) -> Axes:  # fmt: skip
    """Plot a mixture of regressions: points weighted by responsibility, and each component's line.

    Parameters
    ----------
    x, y : array_like, (n,)
    r : array_like, (n, K)
        Responsibilities.
    coefficients : array_like, (K, 2)
        Height at the origin and slope of each line.
    origin : float
        The x at which the heights are given.
    """
    weighted_points(np.column_stack([x, y]), r, ax, labels=labels, area=24)
    ends = np.array([np.min(x), np.max(x)])
    for k, (height, slope) in enumerate(np.asarray(coefficients)):
        ax.plot(
            ends, height + slope * (ends - origin), **line(k), linewidth=2.5,
            label=f"line {k}, slope {slope:.2f}",
        )  # fmt: skip
    ax.set_title(title)
    ax.legend(fontsize=9)
    return ax


@creates_axes
def coin_posterior(model: Any, heads: ArrayLike, tosses: int, ax: Axes = NEW_AXES) -> Axes:
    """Plot the posterior of each coin against the number of heads, with the observed sets.

    Parameters
    ----------
    model : BinomialMixture
    heads : array_like, (n,)
        The number of heads in each observed set of ``tosses`` tosses.
    tosses : int
    """
    counts = np.arange(tosses + 1)
    posterior = responsibilities(model, np.column_stack([counts, np.full(tosses + 1, tosses)]))
    seen = np.unique(np.asarray(heads, dtype=int))
    for k, bias in enumerate(model.biases):
        ax.plot(
            counts, posterior[:, k], color=colour(k), marker=marker(k), markerfacecolor="white",
            label=f"coin {COINS[k]}, bias {bias:.2f}",
        )  # fmt: skip
        ax.plot(seen, posterior[seen, k], **points(k))
    ax.set(xlabel=f"heads in {tosses} tosses", ylabel="p(coin | heads; θ)", ylim=(-0.03, 1.03))
    ax.legend(loc="center left")
    return ax


@creates_axes
def coin_biases(biases: ArrayLike, ax: Axes = NEW_AXES) -> Axes:
    """Plot the coins' probabilities of heads at iterations 0, …, T, which are (T + 1, K)."""
    for k, path in enumerate(np.asarray(biases).T):
        ax.plot(path, color=colour(k), marker=marker(k), label=f"coin {COINS[k]}")
    ax.set(xlabel="iteration", ylabel="probability of heads")
    ax.legend()
    return ax


@creates_axes
def observed_and_missing(
    x: ArrayLike, observed: ArrayLike, ax: Axes = NEW_AXES, *,
    labels: tuple[str, str] = ("x₁", "x₂"),
) -> Axes:  # fmt: skip
    """Plot complete rows, distinguishing those whose second entry a mechanism removes.

    The data ``x`` are (n, 2). ``observed``, (n,), tells whether each second entry is observed.
    """
    x, observed = np.asarray(x), np.asarray(observed, dtype=bool)
    for k, (rows, label) in enumerate(((observed, "recorded"), (~observed, "not recorded"))):
        ax.plot(*x[rows].T, **points(k), markersize=4, alpha=0.45, markeredgewidth=0, label=label)
    ax.set(xlabel=labels[0], ylabel=labels[1])
    return ax


@creates_axes
def imputed_values(
    x: ArrayLike, imputed: ArrayLike, deviations: ArrayLike, ax: Axes = NEW_AXES, *,
    labels: tuple[str, str] = ("x₁", "x₂"),
) -> Axes:  # fmt: skip
    """Plot complete rows as points, and imputed values with their conditional standard deviations.

    Parameters
    ----------
    x : array_like, (n, 2)
        NaN in the second column marks a missing entry.
    imputed : array_like, (n,)
        The second column with its missing entries filled in.
    deviations : array_like, (n,)
        The conditional standard deviation of each imputed value; ignored in complete rows.
    """
    x, imputed, deviations = np.asarray(x), np.asarray(imputed), np.asarray(deviations)
    missing = np.isnan(x[:, 1])
    ax.plot(*x[~missing].T, **points(0), markersize=4, alpha=0.7, label="recorded")
    ax.errorbar(
        x[missing, 0], imputed[missing], deviations[missing], **points(1), markersize=4,
        elinewidth=0.8, alpha=0.8, label="gap: mean ± one deviation",
    )  # fmt: skip
    ax.set(xlabel=labels[0], ylabel=labels[1])
    ax.legend(loc="lower right")
    return ax
