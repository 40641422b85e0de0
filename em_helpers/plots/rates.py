"""How fast an iteration converges: distances that shrink, and the factor that they should."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

LINES = ("-", "--", "-.", ":")


def shrinking(curves, factors=None, ax=None, *, xlabel="iteration t", ylabel):
    """Positive numbers on a logarithmic scale, with lines that fall by given factors.

    Parameters
    ----------
    curves : dict of str to array_like, (T,)
        What each sequence is, and its values from t = 0 on; zeros are left out.
    factors : dict of str to float, optional
        For some of the curves, the factor an iteration by which theory says that it shrinks: a
        black line with that slope, through the curve's middle.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    for k, (label, values) in enumerate(curves.items()):
        values = np.asarray(values, dtype=float)
        t = np.flatnonzero(values > 0)
        ax.plot(
            t, values[t], color=colour(k), linestyle=LINES[k % 4], marker=marker(k), markersize=5,
            markevery=max(t.size // 12, 1), label=label,
        )  # fmt: skip
        if factors and label in factors:
            middle = t[t.size // 2]
            line = values[middle] * factors[label] ** (t - middle).astype(float)
            ax.plot(t, line, color="black", linewidth=1, linestyle=":")
            ax.plot([], [], color="black", linestyle=":", label=f"factor {factors[label]:.4f}")
    ax.set(xlabel=xlabel, ylabel=ylabel, yscale="log")
    ax.legend(loc="upper right")
    return ax
