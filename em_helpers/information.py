"""Observed information and standard errors, EM's rate of convergence, and BIC.

Everything is in the free coordinates of ``models.pack``, at a maximum in their interior.
Derivatives are central differences, extrapolated to step 0. Each step is chosen so that the
log-likelihood changes by a known small amount, so that units do not matter.
"""

from collections.abc import Callable
from math import log

import numpy as np
from numpy.typing import ArrayLike

from em_helpers.arguments import FloatArray
from em_helpers.models.coordinates import pack, unpack
from em_helpers.models.model import Model

LogLikelihood = Callable[[FloatArray], float]

EDGE = 1e-13
"""The smallest relative step that is tried before θ counts as being at an edge."""

CHANGE = 1e-3
"""By how much, in nats, the log-likelihood's second difference over a step differs from 0."""


def observed_information(model: Model, x: ArrayLike) -> FloatArray:
    """Compute −∂² log p(D; θ) / ∂θ ∂θᵀ, the curvature of the log-likelihood (equation 7.18).

    Parameters
    ----------
    x : array_like, (n, d)

    Returns
    -------
    array, (p, p)
        Symmetric; in the inverse units of θ squared.

    Raises
    ------
    ValueError
        θ is at the edge of what is allowed, such as a weight of 0; or the model does not name its
        parameters.

    Notes
    -----
    Louis (1982), Journal of the Royal Statistical Society B 44, 226-233.
    """
    theta = pack(model)

    def log_likelihood(v: FloatArray) -> float:
        return unpack(model, v).e_step(x).log_likelihood

    steps = _steps(log_likelihood, theta)
    return -_extrapolated(lambda h: _second_differences(log_likelihood, theta, h), steps)


def standard_errors(model: Model, x: ArrayLike) -> FloatArray:
    """Compute the square roots of the diagonal of the inverse observed information (equation 7.36).

    Parameters
    ----------
    model : Model
        At a maximum of the likelihood.
    x : array_like, (n, d)

    Returns
    -------
    array, (p,)
        In the units of θ, as ``models.pack`` orders it.

    Raises
    ------
    ValueError
        The information is not positive definite: θ is no maximum, or not identified.

    Notes
    -----
    Louis (1982); Efron and Hinkley (1978), Biometrika 65, 457-482.
    """
    information = observed_information(model, x)
    try:
        np.linalg.cholesky(information)
    except np.linalg.LinAlgError:
        smallest = np.linalg.eigvalsh(information)[0]
        raise ValueError(
            f"the observed information has an eigenvalue {smallest:.3g}, so θ is no strict maximum "
            f"of the likelihood; run EM to convergence, and fix the parameters that the data do "
            f"not identify."
        ) from None
    return np.sqrt(np.linalg.inv(information).diagonal())


def rate_matrix(model: Model, x: ArrayLike) -> FloatArray:
    """Compute ∂M/∂θ, the derivative of an EM iteration θ → M(θ) at a fixed point (equation 7.21).

    Its largest eigenvalue is the factor by which EM's error shrinks per iteration in the long run,
    and equals the largest fraction of missing information.

    Parameters
    ----------
    model : Model
        At a maximum of the likelihood.
    x : array_like, (n, d)

    Returns
    -------
    array, (p, p)
        Entry (i, j) is ∂M_i / ∂θ_j.

    Raises
    ------
    ValueError
        θ is at the edge of what is allowed.

    Notes
    -----
    Dempster, Laird and Rubin (1977), theorem 4; Meng and Rubin (1991), Journal of the American
    Statistical Association 86, 899-909.
    """
    theta = pack(model)

    def em_step(v: FloatArray) -> FloatArray:
        current = unpack(model, v)
        return pack(current.m_step(current.e_step(x)))

    steps = _steps(lambda v: unpack(model, v).e_step(x).log_likelihood, theta)

    def slopes(h: FloatArray) -> FloatArray:
        differences = [em_step(theta + move) - em_step(theta - move) for move in np.diag(h)]
        return np.stack(differences, axis=1) / (2 * h)

    return _extrapolated(slopes, steps)


def convergence_rate(iterates: ArrayLike) -> float:
    """Return the last ratio of step lengths, ‖θ_T − θ_{T−1}‖ / ‖θ_{T−1} − θ_{T−2}‖ (equation 7.27).

    Parameters
    ----------
    iterates : array_like, (T, p)
        At least three successive iterates, in free coordinates.

    Returns
    -------
    float
        0 if the iterates do not move.

    Raises
    ------
    ValueError
        Fewer than three iterates.

    Notes
    -----
    McLachlan and Krishnan (2008), The EM Algorithm and Extensions, Wiley, section 3.9.

    Examples
    --------
    >>> convergence_rate([[8.0], [4.0], [2.0], [1.0]])
    0.5
    """
    iterates = np.asarray(iterates, dtype=float)
    if iterates.ndim != 2 or len(iterates) < 3:
        raise ValueError(
            f"iterates has shape {iterates.shape}; (T, p) with T of at least 3 was expected."
        )
    before, after = np.linalg.norm(np.diff(iterates[-3:], axis=0), axis=1)
    return float(after / before) if before > 0 else 0.0


def bic(model: Model, x: ArrayLike) -> float:
    """Return the Bayesian information criterion, −2 log p(D; θ) + p log n (equation 7.34).

    Smaller is better; mclust reports its negative.

    Parameters
    ----------
    model : Model
        At a maximum of the likelihood.
    x : array_like, (n, d)

    Raises
    ------
    ValueError
        ``x`` is not what the model takes.

    Notes
    -----
    Schwarz (1978), Annals of Statistics 6, 461-464; Keribin (2000), Sankhya A 62, 49-66, on
    mixtures.
    """
    statistics = model.e_step(x)
    free = pack(model).size - model.redundant_parameters
    return -2 * statistics.log_likelihood + free * log(statistics.rows)


def _steps(function: LogLikelihood, theta: FloatArray) -> FloatArray:
    """For each coordinate, the step over which the second difference is about CHANGE."""
    value = function(theta)
    steps = np.where(theta == 0, 1e-12, 1e-6 * np.abs(theta))
    for j in range(theta.size):
        for _ in range(40):
            move = np.zeros_like(theta)
            move[j] = steps[j]
            try:
                change = abs(function(theta + move) + function(theta - move) - 2 * value)
            except ValueError as error:
                steps[j] /= 10
                if steps[j] < EDGE * abs(theta[j]):
                    raise ValueError(
                        f"θ is at the edge of what is allowed, so nothing can be differentiated: "
                        f"{error} Fit fewer components, or use a prior."
                    ) from None
                continue
            factor = np.clip(np.sqrt(CHANGE / max(change, 1e-300)), 0.1, 10.0)
            steps[j] *= factor
            if 0.7 < factor < 1.4:
                break
    return steps


def _extrapolated(difference: Callable[[FloatArray], FloatArray], steps: FloatArray) -> FloatArray:
    """Richardson: the error of a central difference falls by four when the step is halved."""
    return (4 * difference(steps / 2) - difference(steps)) / 3


def _second_differences(
    function: LogLikelihood, theta: FloatArray, steps: FloatArray
) -> FloatArray:
    moves, size = np.diag(steps), theta.size
    result = np.empty((size, size))
    value = function(theta)
    for i in range(size):
        pair = function(theta + moves[i]) + function(theta - moves[i])
        result[i, i] = (pair - 2 * value) / steps[i] ** 2
        for j in range(i):
            along, across = moves[i] + moves[j], moves[i] - moves[j]
            same_signs = function(theta + along) + function(theta - along)
            other_signs = function(theta + across) + function(theta - across)
            result[i, j] = result[j, i] = (same_signs - other_signs) / (4 * steps[i] * steps[j])
    return result
