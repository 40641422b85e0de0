"""Sets of tosses of several coins: which coin made them, and how the biases move."""

import numpy as np

from em_helpers.models import responsibilities
from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

LETTERS = ("A", "B", "C", "D", "E", "F")


def coin_posterior(model, heads, tosses, ax=None):
    """The posterior of each coin over all numbers of heads, and where the observed sets lie.

    Parameters
    ----------
    model : BinomialMixture
    heads : array_like, (n,)
        Heads of the observed sets.
    tosses : int
        Tosses of every set.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    every = np.arange(tosses + 1)
    posterior = responsibilities(model, np.column_stack([every, np.full(tosses + 1, tosses)]))
    seen = np.unique(np.asarray(heads, dtype=int))
    for k, bias in enumerate(model.biases):
        ax.plot(
            every, posterior[:, k], color=colour(k), marker=marker(k), markerfacecolor="white",
            label=f"coin {LETTERS[k]}, bias {bias:.2f}",
        )  # fmt: skip
        ax.plot(seen, posterior[seen, k], color=colour(k), marker=marker(k), linestyle="")
    ax.set(xlabel=f"heads in {tosses} tosses", ylabel="p(coin | heads; θ)", ylim=(-0.03, 1.03))
    ax.legend(loc="center left")
    return ax


def bias_path(biases, ax=None):
    """The biases of the coins at each iteration.

    Parameters
    ----------
    biases : array_like, (T + 1, K)
        From the start to iteration T.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    biases = np.asarray(biases)
    for k, path in enumerate(biases.T):
        ax.plot(path, color=colour(k), marker=marker(k), label=f"coin {LETTERS[k]}")
    ax.set(xlabel="iteration", ylabel="probability of heads")
    ax.legend()
    return ax
