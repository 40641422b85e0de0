"""An exponential family's objective in its natural parameter: a line minus a convex curve."""

import numpy as np

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def moment_matching(eta, log_partition, moment, ax=None, *, title=""):
    """A(η), the line tη, and where line minus curve is largest: where A has the slope t.

    Parameters
    ----------
    eta : array_like, (m,)
        Equally spaced natural parameters.
    log_partition : array_like, (m,)
        A(η) there.
    moment : float
        t, the moment of T(x) that is to be matched.
    ax : matplotlib.axes.Axes, optional
    title : str

    Returns
    -------
    matplotlib.axes.Axes
        The largest difference is marked, unless it lies at an end of ``eta``.
    """
    ax = axes() if ax is None else ax
    eta, log_partition = np.asarray(eta), np.asarray(log_partition)
    line = moment * eta
    best = int(np.argmax(line - log_partition))
    ax.plot(eta, log_partition, color=colour(0), label="A(η)")
    ax.plot(eta, line, color=colour(1), linestyle="--", label=f"tη, t = {moment:g}")
    if 0 < best < eta.size - 1:
        touching = log_partition[best] + moment * (eta - eta[best])
        ax.plot(eta, touching, color="#808080", linestyle=":", label="slope t")
        ax.plot(
            [eta[best]] * 2, [log_partition[best], line[best]], color="black", marker=marker(3),
            linestyle="-", label="tη − A(η) largest",
        )  # fmt: skip
    ax.set(xlabel="η", ylabel="nats", title=title)
    ax.legend(loc="upper left", fontsize=9)
    return ax
