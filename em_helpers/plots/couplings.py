"""Which pairs of parameters share a term: second derivatives as a table of shades."""

import numpy as np

from em_helpers.plots.canvas import axes


def couplings(hessian, names, ax=None, *, title, largest):
    """The size of every second derivative, with a dot where it is zero.

    Parameters
    ----------
    hessian : array_like, (p, p)
    names : sequence of str, (p,)
        The parameters.
    ax : matplotlib.axes.Axes, optional
    title : str
    largest : float
        The size that is darkest, so that several tables share one scale.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes(height=4.4) if ax is None else ax
    size = np.abs(np.asarray(hessian))
    zero = size < 1e-9 * largest
    shades = ax.imshow(np.where(zero, np.nan, size), cmap="cividis_r", vmin=0, vmax=largest)
    ax.plot(*np.argwhere(zero).T[::-1], marker=".", color="#909090", markersize=3, linestyle="")
    ax.set_xticks(range(len(names)), names, rotation=90)
    ax.set_yticks(range(len(names)), names)
    ax.set_title(title)
    ax.grid(False)
    ax.get_figure().colorbar(
        shades, ax=ax, label="size of the second derivative [nats]", shrink=0.8
    )
    return ax
