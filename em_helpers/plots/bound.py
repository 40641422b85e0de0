"""The evidence lower bound under the log-likelihood, along a line through the parameters."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def bound_under_log_likelihood(values, log_likelihood, bound, here, there, *, gap=None, ax=None):
    """Draw log p(D; θ) and one bound on it, with where they touch and where the bound is highest.

    Parameters
    ----------
    values : array, (m,)
        The parameter that varies.
    log_likelihood, bound : array, (m,)
        Both at those values, in nats.
    here, there : tuple of float
        (value, log p) where the bound touches, and (value, bound) at its highest point.
    gap : tuple of float, optional
        (value, bound, log p) where the distance between the two is marked as the divergence.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
        Without labels of its own: they depend on the parameter.
    """
    ax = ax if ax is not None else axes()
    ax.plot(values, log_likelihood, color=colour(0), linestyle="-", label=r"$\log p(D; \theta)$")
    ax.plot(
        values, bound, color=colour(1), linestyle="--", label=r"$L(p, q)$ at $q = p(z|x; \theta_t)$"
    )
    ax.plot(*here, marker(0), color="black", label=r"$\theta_t$: they touch")
    ax.plot(*there, marker(2), color=colour(1), label=r"$\theta_{t+1}$: the top of the bound")
    if gap is not None:
        value, low, high = gap
        ax.annotate("", (value, low), (value, high), arrowprops={"arrowstyle": "<->"})
        ax.plot([], [], color="black", linewidth=1, label=f"↕ KL = {high - low:.1f} nats")
    ax.legend(loc="lower center")
    return ax


def climbing_bounds(values, log_likelihood, bounds, touches, ax=None, *, xlabel):
    """Draw log p(D; θ) and the bounds of successive iterations, each with where it touches.

    Parameters
    ----------
    values : array_like, (m,)
        The parameter, in increasing order.
    log_likelihood : array_like, (m,)
        In nats.
    bounds : array_like, (s, m)
        Each iteration's bound.
    touches : array_like, (s,)
        The parameter's value at which each bound touches.
    ax : matplotlib.axes.Axes, optional
    xlabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    values, height = np.asarray(values), np.asarray(log_likelihood)
    ax.plot(values, height, color=colour(0), linestyle="-", label="log p(x; θ)")
    for t, (bound, touch) in enumerate(zip(bounds, touches, strict=True)):
        k = t + 1
        ax.plot(values, bound, color=colour(k), linestyle="--", linewidth=1.3)
        ax.plot(
            touch, np.interp(touch, values, height), marker=marker(k), color=colour(k),
            markeredgecolor="black", markersize=7, linestyle="--", label=f"bound at $\\theta_{t}$",
        )  # fmt: skip
    low, high = height.min(), height.max()
    ax.set(xlabel=xlabel, ylabel="nats", ylim=(1.3 * low - 0.3 * high, 1.1 * high - 0.1 * low))
    ax.legend(loc="upper left")
    return ax
