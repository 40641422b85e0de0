"""The evidence lower bound under the log-likelihood, along a line through the parameters."""

from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def bound_under_log_likelihood(values, log_likelihood, bound, here, there, *, ax=None):
    """Draw log p(D; θ) and one bound on it, with where they touch and where the bound is highest.

    Parameters
    ----------
    values : array, (m,)
        The parameter that varies.
    log_likelihood, bound : array, (m,)
        Both at those values, in nats.
    here, there : tuple of float
        (value, log p) where the bound touches, and (value, bound) at its highest point.
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
    ax.legend(loc="lower center")
    return ax
