from .hard import (
    fit_hard as fit_hard,
    hard_responsibilities as hard_responsibilities,
    hard_step as hard_step,
)
from .incremental import fit_incremental as fit_incremental
from .mean_field import (
    fit_mean_field as fit_mean_field,
    mean_field as mean_field,
    mean_field_elbo as mean_field_elbo,
    mean_field_statistics as mean_field_statistics,
)
from .monte_carlo import (
    fit_monte_carlo as fit_monte_carlo,
    gibbs_draws as gibbs_draws,
    monte_carlo_e_step as monte_carlo_e_step,
)
from .online import fit_online as fit_online, online_step as online_step
from .squarem import fit_accelerated as fit_accelerated
