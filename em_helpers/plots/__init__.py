"""The figures of the lessons: each takes numbers and an Axes, and returns the Axes.

``show`` ends a figure's cell: it displays the picture with its alternative text.
"""

from em_helpers.plots.assignments import hard_labels, soft_labels
from em_helpers.plots.canvas import axes, show
from em_helpers.plots.coin_flips import bias_path, coin_posterior
from em_helpers.plots.ellipses import ellipses
from em_helpers.plots.joint_posterior import joint_curves, posterior_curves
from em_helpers.plots.labellings import labellings
from em_helpers.plots.objective import profile, surface
from em_helpers.plots.palette import COLOURS, MARKERS, colour, marker
from em_helpers.plots.slopes import shared_slope
from em_helpers.plots.weighted_points import weighted_points

__all__ = [
    "COLOURS",
    "MARKERS",
    "axes",
    "bias_path",
    "coin_posterior",
    "colour",
    "ellipses",
    "hard_labels",
    "joint_curves",
    "labellings",
    "marker",
    "posterior_curves",
    "profile",
    "shared_slope",
    "show",
    "soft_labels",
    "surface",
    "weighted_points",
]
