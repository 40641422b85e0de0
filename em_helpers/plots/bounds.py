"""Plot the evidence lower bound (ELBO), written L(p, q), and its gap to the log-likelihood."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from em_helpers.plots.figure import (
    EMPHASIS,
    NEW_AXES,
    Curves,
    colour,
    creates_axes,
    figure_of,
    marker,
    points,
)
from em_helpers.plots.objectives import contour_levels


@creates_axes
def bound_under_log_likelihood(
    values: ArrayLike, log_likelihood: ArrayLike, bound: ArrayLike,
    touching: tuple[float, float], top: tuple[float, float], *,
    gap: tuple[float, float, float] | None = None, ax: Axes = NEW_AXES,
) -> Axes:  # fmt: skip
    """Plot log p(D; θ) and one lower bound, with the points where they touch and where it peaks.

    The axes have no labels, since these depend on the parameter.

    Parameters
    ----------
    values : array_like, (m,)
        The parameter that varies.
    log_likelihood, bound : array_like, (m,)
        Both at those values, in nats.
    touching, top : pair of float
        (value, log p) where the bound touches, and (value, bound) at the bound's maximum.
    gap : three floats, optional
        (value, bound, log p) at a point where the Kullback–Leibler divergence is marked.
    """
    ax.plot(values, log_likelihood, color=colour(0), linestyle="-", label=r"$\log p(D; \theta)$")
    ax.plot(
        values, bound, color=colour(1), linestyle="--", label=r"$L(p, q)$ at $q = p(z|x; \theta_t)$"
    )
    ax.plot(*touching, marker(0), color="black", label=r"$\theta_t$: they touch")
    ax.plot(*top, marker(2), color=colour(1), label=r"$\theta_{t+1}$: the top of the bound")
    if gap is not None:
        value, low, high = gap
        ax.annotate("", (value, low), (value, high), arrowprops={"arrowstyle": "<->"})
        ax.plot([], [], color="black", linewidth=1, label=f"↕ KL = {high - low:.1f} nats")
    ax.legend(loc="lower center")
    return ax


@creates_axes
def climbing_bounds(
    values: ArrayLike, log_likelihood: ArrayLike, bounds: ArrayLike, touching: ArrayLike,
    ax: Axes = NEW_AXES, *, xlabel: str,
) -> Axes:  # fmt: skip
    """Plot log p(D; θ) and the lower bounds of successive iterations, each with where it touches.

    Parameters
    ----------
    values, log_likelihood : array_like, (m,)
        The parameter, in increasing order, and log p(D; θ) at it, in nats.
    bounds : array_like, (s, m)
        The bound of each iteration.
    touching : array_like, (s,)
        The parameter's value at which each bound touches.
    """
    values, height = np.asarray(values), np.asarray(log_likelihood)
    ax.plot(values, height, color=colour(0), linestyle="-", label="log p(x; θ)")
    for t, (bound, value) in enumerate(zip(np.asarray(bounds), np.asarray(touching), strict=True)):
        ax.plot(values, bound, color=colour(t + 1), linestyle="--", linewidth=1.3)
        ax.plot(
            value, np.interp(value, values, height), color=colour(t + 1), marker=marker(t + 1),
            markeredgecolor="black", markersize=7, linestyle="--", label=f"bound at $\\theta_{t}$",
        )  # fmt: skip
    low, high = height.min(), height.max()
    ax.set(xlabel=xlabel, ylabel="nats", ylim=(1.3 * low - 0.3 * high, 1.1 * high - 0.1 * low))
    ax.legend(loc="upper left")
    return ax


@creates_axes
def bound_and_gap(
    bounds: ArrayLike, gaps: ArrayLike, ax: Axes = NEW_AXES, *, labels: Sequence[str], xlabel: str
) -> Axes:
    """Plot bars of the bound L(p, q) with the Kullback–Leibler divergence stacked on top.

    The vertical axis begins a little below the lowest bound, not at 0.

    Parameters
    ----------
    bounds, gaps : array_like, (s,)
        L(p, q) and KL(q ‖ p(z|x; θ)) for each pair (q, θ), in nats. Their sum is log p(D; θ).
    labels : sequence of str, (s,)
        The names of the bars.
    """
    bounds, gaps = np.asarray(bounds, dtype=float), np.asarray(gaps, dtype=float)
    positions, sums = np.arange(bounds.size), bounds + gaps
    floor = bounds.min() - 0.08 * (sums.max() - bounds.min())
    ax.bar(positions, bounds - floor, bottom=floor, color=colour(5), label="L(p, q)")
    ax.bar(
        positions, gaps, bottom=bounds, facecolor="white", edgecolor=colour(1), hatch="////",
        linewidth=0.8, label="KL(q ‖ p(z|x; θ))",
    )  # fmt: skip
    ax.plot(
        positions, sums, color="black", marker=marker(0), linestyle="-", linewidth=1,
        label="their sum, log p(D; θ)",
    )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel="nats", ylim=(floor, sums.max() + 0.06 * (sums.max() - floor)))
    ax.set_xticks(positions, labels)
    ax.grid(axis="x", visible=False)
    ax.legend(loc="lower right", frameon=True, framealpha=1)
    return ax


@creates_axes
def jensen(
    values: ArrayLike, weights: ArrayLike, ax: Axes = NEW_AXES, *, xlabel: str, ylabel: str
) -> Axes:
    """Plot Jensen's inequality for the logarithm, whose tangent lies above it.

    The tangent touches at the weighted mean of the positive ``values``, (m,). There the heights of
    both sides of the inequality are marked. The ``weights``, (m,), sum to one and are the points'
    areas.
    """
    values, weights = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    mean, mean_of_logs = weights @ values, weights @ np.log(values)
    u = np.linspace(0.5 * values.min(), 1.15 * values.max(), 200)
    ax.plot(u, np.log(u), color=colour(0), linestyle="-", label="log u")
    tangent = np.log(mean) + (u - mean) / mean
    ax.plot(u, tangent, color=colour(1), linestyle="--", label="its tangent at the mean")
    ax.scatter(values, np.log(values), s=300 * weights, color=colour(0), marker=marker(0), zorder=3)
    ax.plot([mean, mean], [mean_of_logs, np.log(mean)], color="black", linestyle=":")
    heights = {"log of the mean": (np.log(mean), 2), "mean of the logs": (mean_of_logs, 1)}
    for label, (height, k) in heights.items():
        ax.plot(mean, height, **points(k) | EMPHASIS, label=f"{label}: {height:.2f}")
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="lower right")
    return ax


@creates_axes
def coordinate_ascent(
    q: ArrayLike, theta: ArrayLike, bound: ArrayLike,
    ridges: Mapping[str, tuple[ArrayLike, ArrayLike]], paths: Curves,
    ax: Axes = NEW_AXES, *, xlabel: str = "q", ylabel: str = "θ",
) -> Axes:  # fmt: skip
    """Plot contours of the bound L over (q, θ) with paths of alternating half-steps.

    Parameters
    ----------
    q, theta : array_like, (a,) and (b,)
        The grid along the horizontal and the vertical axis.
    bound : array_like, (b, a)
        L on the grid, in nats.
    ridges : dict of str to pair of array_like
        Curves (q, θ), such as the best q for each θ and the best θ for each q.
    paths : dict of str to array_like, (s, 2)
        Consecutive points (q, θ).
    """
    levels = contour_levels(bound, 0.03, 16)[:-1]
    filled = ax.contourf(q, theta, bound, levels=levels, extend="both", cmap="cividis", alpha=0.75)
    ax.contour(q, theta, bound, levels=levels, colors="white", linewidths=0.5, linestyles="-")
    figure_of(ax).colorbar(filled, ax=ax, label="L(p, q) [nats]", format="%.1f")
    for (label, ridge), style in zip(ridges.items(), ("--", ":"), strict=False):
        ax.plot(*ridge, color="white", linestyle="-", linewidth=3)
        ax.plot(*ridge, color="black", linestyle=style, linewidth=1.3, label=label)
    for k, (label, path) in enumerate(paths.items()):
        corners = np.asarray(path).T
        ax.plot(*corners, color="white", linestyle="-", linewidth=4)
        ax.plot(
            *corners, color=colour(k + 1), marker=marker(k), markeredgecolor="black", linestyle="-",
            label=label,
        )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.grid(False)
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.18), ncols=2)
    return ax
