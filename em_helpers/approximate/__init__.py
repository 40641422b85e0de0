"""Variants of EM: another q in the E-step, fewer rows at a time, or longer steps."""

from em_helpers._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "em_helpers.approximate.hard": ["fit_hard", "hard_responsibilities", "hard_step"],
        "em_helpers.approximate.monte_carlo": ["fit_monte_carlo", "monte_carlo_e_step"],
        "em_helpers.approximate.gibbs": ["gibbs_draws"],
        "em_helpers.approximate.factorised": [
            "fit_mean_field",
            "mean_field",
            "mean_field_elbo",
            "mean_field_statistics",
        ],
        "em_helpers.approximate.squarem": ["fit_accelerated"],
        "em_helpers.approximate.incremental": ["fit_incremental"],
        "em_helpers.approximate.online": ["fit_online", "online_step"],
    },
)
