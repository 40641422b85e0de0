"""Plot how EM converges: traces of the objective, errors, and where runs from many starts end."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from em_helpers.plots.figure import (
    NEW_AXES,
    Curves,
    colour,
    creates_axes,
    line_with_markers,
    marker,
    points,
)


@creates_axes
def log_likelihood_trace(trace: ArrayLike, ax: Axes = NEW_AXES) -> Axes:
    """Plot log p(D; θ_t), (T + 1,), against the iteration t, with the last iteration marked."""
    trace = np.asarray(trace)
    ax.plot(np.arange(trace.size), trace, color=colour(0), linestyle="-", marker=".")
    ax.plot(trace.size - 1, trace[-1], color=colour(1), marker=marker(3), markersize=8)
    ax.set(xlabel="iteration t", ylabel=r"$\log p(D; \theta_t)$ [nats]")
    return ax


@creates_axes
def gain_per_iteration(traces: Curves, tolerances: Sequence[float], ax: Axes = NEW_AXES) -> Axes:
    """Plot each iteration's gain on a logarithmic scale, with tolerances that would stop the run.

    The log-likelihoods of each run, (T + 1,), are given by its name in the legend. The tolerances
    are horizontal lines. Both are in nats.
    """
    for k, (label, trace) in enumerate(traces.items()):
        gains = np.diff(trace)
        t = np.arange(1, gains.size + 1)
        ax.plot(t, gains, **line_with_markers(k), markersize=3.5, label=label)
    for tolerance in tolerances:
        ax.axhline(tolerance, color="black", linewidth=1, linestyle=":")
        ax.annotate(
            f"tol = {tolerance:g}", (0, tolerance), xycoords=("axes fraction", "data"),
            xytext=(4, 3), textcoords="offset points", fontsize=9,
        )  # fmt: skip
    ax.set(xlabel="iteration t", ylabel="gain over t − 1 [nats]", yscale="log")
    ax.legend(loc="upper right")
    return ax


@creates_axes
def gap_to_maximum(traces: Curves, maximum: float, ax: Axes = NEW_AXES) -> Axes:
    """Plot how far each run is below the maximum, with both axes logarithmic.

    The log-likelihoods of each run, (T + 1,), are given by its name in the legend.
    """
    for k, (label, trace) in enumerate(traces.items()):
        gap = maximum - np.asarray(trace)
        positive = gap > 1e-6
        ax.plot(
            np.flatnonzero(positive) + 1, gap[positive], **line_with_markers(k), markersize=5,
            markevery=0.12, linewidth=1.4, label=label,
        )  # fmt: skip
    ax.set(xlabel="iterations + 1", ylabel="below the top [nats]", xscale="log", yscale="log")
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.2), ncols=2)
    return ax


@creates_axes
def linear_convergence(
    curves: Curves, factors: Mapping[str, float] | None = None, ax: Axes = NEW_AXES, *,
    xlabel: str = "iteration t", ylabel: str,
) -> Axes:  # fmt: skip
    """Plot errors on a logarithmic scale, with lines that fall by a constant factor per iteration.

    Parameters
    ----------
    curves : dict of str to array_like, (T,)
        Each sequence from t = 0 on, by its name in the legend. Zeros are left out.
    factors : dict of str to float, optional
        The predicted rate of convergence of some of the curves: the factor per iteration. It is
        drawn as a black line through the curve's middle.
    """
    for k, (label, curve) in enumerate(curves.items()):
        errors = np.asarray(curve, dtype=float)
        t = np.flatnonzero(errors > 0)
        every = max(t.size // 12, 1)
        ax.plot(t, errors[t], **line_with_markers(k), markersize=5, markevery=every, label=label)
        if factors and label in factors:
            middle = t[t.size // 2]
            predicted = errors[middle] * factors[label] ** (t - middle).astype(float)
            ax.plot(t, predicted, color="black", linewidth=1, linestyle=":")
            ax.plot([], [], color="black", linestyle=":", label=f"factor {factors[label]:.4f}")
    ax.set(xlabel=xlabel, ylabel=ylabel, yscale="log")
    ax.legend(loc="upper right")
    return ax


@creates_axes
def em_map(
    values: ArrayLike, mapped: ArrayLike, iterates: ArrayLike, ax: Axes = NEW_AXES, *,
    xlabel: str = "θ at step t", ylabel: str = "θ at step t + 1",
) -> Axes:  # fmt: skip
    """Plot EM in one parameter as the map θ_t → θ_{t+1} and the staircase of its iterates.

    Parameters
    ----------
    values, mapped : array_like, (m,)
        The parameter, in increasing order, and its value after one iteration.
    iterates : array_like, (T + 1,)
        θ_0, …, θ_T. Each step goes vertically to the map and horizontally to the diagonal.
    """
    iterates = np.asarray(iterates)
    ax.plot(values, mapped, color=colour(0), linestyle="-", label="one EM step")
    ax.plot(values, values, color="black", linestyle=":", linewidth=1.2, label="nothing moves")
    stairs = np.repeat(iterates, 2)
    ax.plot(
        stairs[:-1], stairs[1:], color=colour(1), linestyle="--", linewidth=1.2, label="iterates"
    )
    ax.plot(iterates[:-1], iterates[1:], **points(1), markersize=5)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="lower right")
    return ax


@creates_axes
def final_log_likelihoods(finals: Curves, ax: Axes = NEW_AXES, *, bins: ArrayLike) -> Axes:
    """Plot how many runs end at which log-likelihood, for several ways of initialization.

    The final log-likelihoods, (S,), are given by the kind of initialization. ``bins`` are edges in
    nats.
    """
    edges = np.asarray(bins, dtype=float)
    width = np.diff(edges) / (len(finals) + 1)
    for k, (label, values) in enumerate(finals.items()):
        counts, _ = np.histogram(values, edges)
        positions = edges[:-1] + width * (k + 1)
        ax.bar(positions, counts, 0.9 * width, color=colour(k), label=label)
        some = counts > 0
        ax.plot(positions[some], counts[some], **points(k), markeredgecolor="black")
    ax.set(xlabel="final log p(D; θ) [nats]", ylabel="runs", ylim=(0, None))
    ax.legend()
    return ax


@creates_axes
def accuracy_by_objective(
    runs: Mapping[str, tuple[ArrayLike, ArrayLike]], ax: Axes = NEW_AXES, *,
    reference: tuple[str, float, float], xlabel: str,
) -> Axes:  # fmt: skip
    """Plot the share of correct labels of each run against its final objective.

    Parameters
    ----------
    runs : dict of str to pair of array_like, (S,)
        Final objectives and shares of correct labels, by the kind of initialization.
    reference : tuple of str, float and float
        The name, objective and share of one more point for comparison.
    """
    for k, (label, (finals, shares)) in enumerate(runs.items()):
        ax.plot(finals, shares, **points(k), alpha=0.5, label=label)
    name, final, share = reference
    ax.plot(
        final, share, color="black", marker="x", markersize=10, markeredgewidth=2, linestyle="",
        label=name,
    )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel="share of labels found")
    ax.locator_params(axis="x", nbins=5)
    ax.legend(loc="lower right")
    return ax
