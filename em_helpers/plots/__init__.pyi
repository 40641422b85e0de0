from .bounds import (
    bound_and_gap as bound_and_gap,
    bound_under_log_likelihood as bound_under_log_likelihood,
    climbing_bounds as climbing_bounds,
    coordinate_ascent as coordinate_ascent,
    jensen as jensen,
)
from .comparison import (
    compare_methods as compare_methods,
    distribution_bars as distribution_bars,
    held_out_gains as held_out_gains,
    scaling as scaling,
    selection_criteria as selection_criteria,
)
from .convergence import (
    accuracy_by_objective as accuracy_by_objective,
    em_map as em_map,
    final_log_likelihoods as final_log_likelihoods,
    gain_per_iteration as gain_per_iteration,
    gap_to_maximum as gap_to_maximum,
    linear_convergence as linear_convergence,
    log_likelihood_trace as log_likelihood_trace,
)
from .data_points import (
    coin_biases as coin_biases,
    coin_posterior as coin_posterior,
    hard_assignments as hard_assignments,
    imputed_values as imputed_values,
    observed_and_missing as observed_and_missing,
    regression_lines as regression_lines,
    soft_assignments as soft_assignments,
    weighted_points as weighted_points,
)
from .figure import axes as axes, colour as colour, marker as marker, show as show
from .mixtures import (
    densities_over_histogram as densities_over_histogram,
    ellipses as ellipses,
    joint_curves as joint_curves,
    mixture_views as mixture_views,
    pixel_images as pixel_images,
    point_clouds as point_clouds,
    posterior_curves as posterior_curves,
    top_words as top_words,
)
from .objectives import (
    collapsing_component as collapsing_component,
    complete_data_histogram as complete_data_histogram,
    curve_and_chord as curve_and_chord,
    hessian_heatmap as hessian_heatmap,
    means_surface as means_surface,
    moment_matching as moment_matching,
    objective_curve as objective_curve,
    objective_surface as objective_surface,
    optimization_paths as optimization_paths,
    shared_slope as shared_slope,
)
from .stepper import em_run as em_run, step_through as step_through
