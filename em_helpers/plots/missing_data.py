"""Plot data with missing entries: which are missing, and what a model imputes."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from em_helpers.plots.figure import NEW_AXES, creates_axes
from em_helpers.plots.style import points


@creates_axes
def observed_and_missing(
    x: ArrayLike,
    observed: ArrayLike,
    ax: Axes = NEW_AXES,
    *,
    labels: tuple[str, str] = ("x₁", "x₂"),
) -> Axes:
    """Plot complete rows, distinguishing those whose second entry a mechanism removes.

    Parameters
    ----------
    x : array_like, (n, 2)
        Complete data.
    observed : array_like of bool, (n,)
        Whether the second entry is observed.
    ax : matplotlib.axes.Axes, optional
    labels : pair of str
        The names of the two columns, with units.
    """
    x, observed = np.asarray(x), np.asarray(observed, dtype=bool)
    for k, (rows, label) in enumerate(((observed, "recorded"), (~observed, "not recorded"))):
        ax.plot(*x[rows].T, **points(k), markersize=4, alpha=0.45, markeredgewidth=0, label=label)
    ax.set(xlabel=labels[0], ylabel=labels[1])
    return ax


@creates_axes
def imputed_values(
    x: ArrayLike, imputed: ArrayLike, deviations: ArrayLike, ax: Axes = NEW_AXES, *,
    labels: tuple[str, str] = ("x₁", "x₂"),
) -> Axes:  # fmt: skip
    """Plot complete rows as points, and imputed values with their conditional standard deviations.

    Parameters
    ----------
    x : array_like, (n, 2)
        NaN in the second column marks a missing entry.
    imputed : array_like, (n,)
        The second column with its missing entries filled in.
    deviations : array_like, (n,)
        The conditional standard deviation of each imputed value; ignored in complete rows.
    ax : matplotlib.axes.Axes, optional
    labels : pair of str
        The names of the two columns, with units.
    """
    x, imputed, deviations = np.asarray(x), np.asarray(imputed), np.asarray(deviations)
    missing = np.isnan(x[:, 1])
    ax.plot(*x[~missing].T, **points(0), markersize=4, alpha=0.7, label="recorded")
    ax.errorbar(
        x[missing, 0], imputed[missing], deviations[missing], **points(1), markersize=4,
        elinewidth=0.8, alpha=0.8, label="gap: mean ± one deviation",
    )  # fmt: skip
    ax.set(xlabel=labels[0], ylabel=labels[1])
    ax.legend(loc="lower right")
    return ax
