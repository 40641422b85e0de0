"""The figures of the lessons: each takes numbers and an Axes, and returns the Axes.

``show`` ends a figure's cell: it displays the picture with its alternative text.
"""

from em_helpers.plots.agreement_of_runs import agreement_of_runs
from em_helpers.plots.assignments import hard_labels, soft_labels
from em_helpers.plots.bound import bound_under_log_likelihood, climbing_bounds
from em_helpers.plots.bound_and_gap import bound_and_gap
from em_helpers.plots.by_method import by_method
from em_helpers.plots.canvas import axes, show
from em_helpers.plots.chords import curve_and_chord
from em_helpers.plots.climbs import gains, gaps
from em_helpers.plots.coin_flips import bias_path, coin_posterior
from em_helpers.plots.coordinate_ascent import coordinate_ascent
from em_helpers.plots.couplings import couplings
from em_helpers.plots.criteria import criteria
from em_helpers.plots.ellipses import ellipses
from em_helpers.plots.em_map import em_map
from em_helpers.plots.em_run import climb, em_run
from em_helpers.plots.filled_gaps import filled_gaps
from em_helpers.plots.growth import growth
from em_helpers.plots.held_out import held_out_gains
from em_helpers.plots.histograms import densities_over_histogram
from em_helpers.plots.jensen import jensen
from em_helpers.plots.joint_posterior import joint_curves, posterior_curves
from em_helpers.plots.labellings import labellings
from em_helpers.plots.mixture_views import mixture_views
from em_helpers.plots.natural_parameters import moment_matching
from em_helpers.plots.objective import profile, surface
from em_helpers.plots.palette import COLOURS, MARKERS, colour, marker
from em_helpers.plots.paths import paths
from em_helpers.plots.pixel_images import pixel_images
from em_helpers.plots.point_clouds import point_clouds
from em_helpers.plots.rates import shrinking
from em_helpers.plots.recorded import recorded
from em_helpers.plots.regression_lines import regression_lines
from em_helpers.plots.restarts import finals
from em_helpers.plots.slopes import shared_slope
from em_helpers.plots.spikes import narrowing
from em_helpers.plots.state_bars import state_bars
from em_helpers.plots.stepper import step_through
from em_helpers.plots.top_words import top_words
from em_helpers.plots.two_means import means_surface
from em_helpers.plots.weighted_points import weighted_points

__all__ = [
    "COLOURS",
    "MARKERS",
    "agreement_of_runs",
    "axes",
    "bias_path",
    "bound_and_gap",
    "bound_under_log_likelihood",
    "by_method",
    "climb",
    "climbing_bounds",
    "coin_posterior",
    "colour",
    "coordinate_ascent",
    "couplings",
    "criteria",
    "curve_and_chord",
    "densities_over_histogram",
    "ellipses",
    "em_map",
    "em_run",
    "filled_gaps",
    "finals",
    "gains",
    "gaps",
    "growth",
    "hard_labels",
    "held_out_gains",
    "jensen",
    "joint_curves",
    "labellings",
    "marker",
    "means_surface",
    "mixture_views",
    "moment_matching",
    "narrowing",
    "paths",
    "pixel_images",
    "point_clouds",
    "posterior_curves",
    "profile",
    "recorded",
    "regression_lines",
    "shared_slope",
    "show",
    "shrinking",
    "soft_labels",
    "state_bars",
    "step_through",
    "surface",
    "top_words",
    "weighted_points",
]
