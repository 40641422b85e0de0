"""Whether the runs that end higher also agree better with the truth."""

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def agreement_of_runs(runs, ax=None, *, reference, xlabel):
    """One point a run: where it ended, and the share of the labels that it found.

    Parameters
    ----------
    runs : dict of str to pair of array_like, (S,)
        The way of starting; the final objectives, and the shares between 0 and 1.
    ax : matplotlib.axes.Axes, optional
    reference : tuple of str, float and float
        One more point that is no such run: what it is, its objective and its share.
    xlabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    for k, (label, (finals, shares)) in enumerate(runs.items()):
        ax.plot(
            finals, shares, color=colour(k), marker=marker(k), alpha=0.5, linestyle="", label=label
        )
    name, final, share = reference
    ax.plot(
        final, share, color="black", marker="x", markersize=10, markeredgewidth=2, linestyle="",
        label=name,
    )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel="share of labels found")
    ax.locator_params(axis="x", nbins=5)
    ax.legend(loc="lower right")
    return ax
