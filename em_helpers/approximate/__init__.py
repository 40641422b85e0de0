"""Variants of EM: another q in the E-step, fewer rows at a time, or longer steps."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "hard": ["fit_hard", "hard_responsibilities", "hard_step"],
        "monte_carlo": ["fit_monte_carlo", "monte_carlo_e_step"],
        "gibbs": ["gibbs_draws"],
        "factorised": [
            "fit_mean_field",
            "mean_field",
            "mean_field_elbo",
            "mean_field_statistics",
        ],
        "squarem": ["fit_accelerated"],
        "incremental": ["fit_incremental"],
        "online": ["fit_online", "online_step"],
    },
)
