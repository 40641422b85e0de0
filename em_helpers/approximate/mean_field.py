"""Mean-field EM for coupled binary factors: the best q among products over the latent factors."""

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.fit_result import Fit, Monitor
from em_helpers.models.coupled_factors import CoupledFactors, CoupledStatistics
from em_helpers.models.log_space import times_log


def mean_field(
    model: CoupledFactors, x: ArrayLike, sweeps: int, start: ArrayLike | None = None
) -> FloatArray:
    """Climb the bound by coordinate ascent over q(z) = Π_j q_j^{z_j} (1 − q_j)^{1 − z_j}.

    The best q_j given the others (equation 10.15) has log odds log(π_j / (1 − π_j)) +
    (f_jᵀ(x − Σ_{i≠j} q_i f_i) − ‖f_j‖²/2) / σ². Causes are updated in turn, each given the newest
    values of the others.

    Parameters
    ----------
    x : array_like, (n, d)
    sweeps : int
        Over all J causes.
    start : array_like, (n, J), optional
        q before the first sweep; the priors by default.

    Returns
    -------
    array, (n, J)
        q(z_j = 1) of each row.

    Raises
    ------
    ValueError
        ``x`` is not a finite table of d columns, or an entry of ``start`` is not a probability.

    Notes
    -----
    Saul, Jaakkola and Jordan (1996), Journal of Artificial Intelligence Research 4, 61-76.
    """
    x = arguments.rows("x", x, columns=model.factors.shape[1])
    shape = (len(x), len(model.priors))
    q = np.tile(model.priors, (len(x), 1)) if start is None else start
    q = arguments.probabilities("start", q, shape, "one row per case").copy()
    for _ in range(sweeps):
        for j in range(len(model.priors)):
            q[:, j] = 0.5 * (1 + np.tanh(0.5 * model.log_odds(x, q, j)))
    return q


def mean_field_statistics(model: CoupledFactors, x: ArrayLike, q: ArrayLike) -> CoupledStatistics:
    """Compute the expected products of data and causes under a q that factorises (equation 10.18).

    Parameters
    ----------
    x : array_like, (n, d)
    q : array_like, (n, J)

    Returns
    -------
    CoupledStatistics
        E[z_i z_j] is q_i q_j, and q_j for i = j. Its log-likelihood is NaN.

    Raises
    ------
    ValueError
        ``x`` is not a finite table of d columns, or an entry of ``q`` is not a probability.
    """
    x = arguments.rows("x", x, columns=model.factors.shape[1])
    q = arguments.probabilities("q", q, (len(x), len(model.priors)), "one row per case")
    causes = q.T @ q
    np.fill_diagonal(causes, q.sum(axis=0))
    return CoupledStatistics(len(x), np.nan, float((x**2).sum()), causes, q.T @ x)


def mean_field_elbo(model: CoupledFactors, x: ArrayLike, q: ArrayLike) -> float:
    """Return the bound L(p, q) at a q that factorises, summed over rows (equation 10.14).

    Parameters
    ----------
    x : array_like, (n, d)
    q : array_like, (n, J)

    Returns
    -------
    float
        log p(D; θ) minus KL(q ‖ p(z|x; θ)) (equation 10.16).

    Raises
    ------
    ValueError
        ``x`` is not a finite table of d columns, or an entry of ``q`` is not a probability.
    """
    q = np.asarray(q, dtype=float)
    expected = model.expected_log_joint(mean_field_statistics(model, x, q))
    return expected - float((times_log(q, q) + times_log(1 - q, 1 - q)).sum())


def fit_mean_field(
    start: CoupledFactors,
    x: ArrayLike,
    *,
    sweeps: int = 5,
    tol: float = 1e-8,
    max_iterations: int = 1000,
) -> Fit[CoupledFactors]:
    """Run variational EM: some sweeps over q from its present value, then the M-step.

    The bound climbs (equation 10.20); log p(D; θ) may fall (equation 10.21).

    Parameters
    ----------
    x : array_like, (n, d)
    sweeps : int
        Per iteration.
    tol : float
        In nats, for the gain in the bound.

    Returns
    -------
    Fit
        Its trace is the bound, not log p(D; θ).

    Raises
    ------
    ValueError
        ``x`` is not what the model takes.
    DegenerateComponent
        A cause that is always on or off, or causes that always go together.

    Notes
    -----
    Neal and Hinton (1998), in Learning in Graphical Models, Kluwer, 355-368.
    """
    model, q = start, mean_field(start, x, sweeps)
    monitor = Monitor(tol, f"max_iterations = {max_iterations}")
    monitor.add(mean_field_elbo(model, x, q))
    for _ in range(max_iterations):
        monitor.begin()
        model = model.m_step(mean_field_statistics(model, x, q))
        q = mean_field(model, x, sweeps, q)
        if monitor.has_converged(mean_field_elbo(model, x, q)):
            break
    return monitor.result(model)
