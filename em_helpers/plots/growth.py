"""How a cost grows with a size: both axes logarithmic, so that a power is a slope."""

from matplotlib.ticker import NullLocator

from em_helpers.plots.by_method import by_method


def growth(sizes, curves, ax=None, *, xlabel, ylabel=""):
    """One line a way of counting or measuring, with ticks at the sizes themselves.

    Parameters
    ----------
    sizes : array_like, (m,)
        Positive, in increasing order.
    curves : dict of str to array_like, (m,)
        What each line is, and its positive values.
    ax : matplotlib.axes.Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = by_method(sizes, curves, ax, xlabel=xlabel, ylabel=ylabel)
    ax.set(xscale="log", yscale="log")
    ax.set_xticks(sizes, [f"{size:,}".replace(",", " ") for size in sizes])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.legend(loc="upper left")
    return ax
