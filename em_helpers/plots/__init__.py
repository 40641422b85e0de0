"""The figures of the lessons: each takes numbers and an Axes, and returns the Axes.

``show`` ends a figure's cell: it displays the picture with its alternative text.
"""

from em_helpers.plots.assignments import hard_labels, soft_labels
from em_helpers.plots.canvas import axes, show
from em_helpers.plots.coin_flips import bias_path, coin_posterior
from em_helpers.plots.joint_posterior import joint_curves, posterior_curves
from em_helpers.plots.labellings import labellings
from em_helpers.plots.palette import COLOURS, MARKERS, colour, marker
from em_helpers.plots.slopes import shared_slope

__all__ = [
    "COLOURS",
    "MARKERS",
    "axes",
    "bias_path",
    "coin_posterior",
    "colour",
    "hard_labels",
    "joint_curves",
    "labellings",
    "marker",
    "posterior_curves",
    "shared_slope",
    "show",
    "soft_labels",
]
