"""A mixture over one observed number: the joint for every z, and the posterior it turns into."""

import numpy as np

from em_helpers.models import responsibilities
from em_helpers.plots.canvas import axes
from em_helpers.plots.palette import colour, marker


def joint_curves(model, x, ax=None, *, xlabel, unit):
    """p(x, z_k; θ) for each k, and their sum p(x; θ).

    Parameters
    ----------
    model : GaussianMixture
        With d = 1.
    x : array_like, (m,)
        Where the curves are drawn, in increasing order.
    ax : matplotlib.axes.Axes, optional
    xlabel : str
    unit : str
        The unit of x.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    x = np.asarray(x)
    joint = np.exp(model.log_joint(x[:, None]))
    _one_line_a_component(x, joint, ax, "p(x, z = {}; θ)")
    ax.plot(x, joint.sum(axis=1), color="black", linestyle="--", label="p(x; θ), their sum")
    ax.set(xlabel=xlabel, ylabel=f"density [1/{unit}]")
    ax.legend()
    return ax


def posterior_curves(model, x, ax=None, *, xlabel):
    """p(z_k | x; θ) for each k.

    Parameters
    ----------
    model : GaussianMixture
        With d = 1.
    x : array_like, (m,)
        Where the curves are drawn, in increasing order.
    ax : matplotlib.axes.Axes, optional
    xlabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = axes() if ax is None else ax
    x = np.asarray(x)
    _one_line_a_component(x, responsibilities(model, x[:, None]), ax, "p(z = {} | x; θ)")
    ax.set(xlabel=xlabel, ylabel="probability", ylim=(-0.03, 1.03))
    ax.legend(loc="center right")
    return ax


def _one_line_a_component(x, values, ax, label):
    every = max(len(x) // 10, 1)
    for k, curve in enumerate(values.T):
        ax.plot(
            x, curve, color=colour(k), linestyle="-", marker=marker(k), markevery=every,
            label=label.format(k),
        )  # fmt: skip
