"""How fast runs climb: what each iteration gains, and how far each is below the top."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker

LINES = ("-", "--", "-.", ":")


def gains(traces, tolerances, ax=None):
    """The gain of each iteration on a logarithmic scale, with the tolerances that would stop it.

    Parameters
    ----------
    traces : dict of str to array_like, (T + 1,)
        What each run is, and its log-likelihoods.
    tolerances : sequence of float
        Drawn as horizontal lines, in nats.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    for k, (label, trace) in enumerate(traces.items()):
        gained = np.diff(trace)
        ax.plot(
            np.arange(1, gained.size + 1), gained, color=colour(k), linestyle=LINES[k % 4],
            marker=marker(k), markersize=3.5, label=label,
        )  # fmt: skip
    for tolerance in tolerances:
        ax.axhline(tolerance, color="black", linewidth=1, linestyle=":")
        ax.annotate(
            f"tol = {tolerance:g}", (0, tolerance), xycoords=("axes fraction", "data"),
            xytext=(4, 3), textcoords="offset points", fontsize=9,
        )  # fmt: skip
    ax.set(xlabel="iteration t", ylabel="gain over t − 1 [nats]", yscale="log")
    ax.legend(loc="upper right")
    return ax


def gaps(traces, top, ax=None):
    """How far below the top each run is, both axes logarithmic.

    Parameters
    ----------
    traces : dict of str to array_like, (T + 1,)
        What each run is, and its log-likelihoods.
    top : float
        The log-likelihood that the gaps are measured from.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    for k, (label, trace) in enumerate(traces.items()):
        gap = top - np.asarray(trace)
        seen = gap > 1e-6
        ax.plot(
            np.flatnonzero(seen) + 1, gap[seen], color=colour(k), linestyle=LINES[k % 4],
            marker=marker(k), markersize=5, markevery=0.12, linewidth=1.4, label=label,
        )  # fmt: skip
    ax.set(xlabel="iterations + 1", ylabel="below the top [nats]", xscale="log", yscale="log")
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.2), ncols=2)
    return ax
