"""How well the data determine θ, how fast EM gets there, and how many components they support.

Everything is in the free coordinates of ``models.pack``, at a maximum in their interior.
Derivatives are central differences, extrapolated to step 0, with steps that change the
log-likelihood by a known small amount, so that no unit matters.
"""

from math import log

import numpy as np

from em_helpers.models.coordinates import pack, unpack

EDGE = 1e-13
"""The relative step within which a coordinate may still be moved in both directions."""

CHANGE = 1e-3
"""How much, in nats, the curvature of the log-likelihood lets it change over a step."""


def observed_information(model, x):
    """−∂² log p(D; θ) / ∂θ ∂θᵀ, the curvature of the log-likelihood itself (equation 7.18).

    Parameters
    ----------
    model : a model
    x : array_like, (n, d)

    Returns
    -------
    array, (p, p)
        Symmetric; in the inverse units of θ squared.

    Raises
    ------
    ValueError
        θ is at the edge of what is allowed, such as a weight of 0.

    Notes
    -----
    Louis (1982), Journal of the Royal Statistical Society B 44, 226-233.
    """
    at = pack(model)

    def climb(v):
        return unpack(model, v).e_step(x).log_likelihood

    steps = _steps(climb, at)
    return -_extrapolated(lambda h: _second_differences(climb, at, h), steps)


def standard_errors(model, x):
    """Square roots of the diagonal of the inverse observed information (equation 7.36).

    Parameters
    ----------
    model : a model
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
            f"of the likelihood; run EM to convergence, and fix what the data do not identify."
        ) from None
    return np.sqrt(np.linalg.inv(information).diagonal())


def rate_matrix(model, x):
    """∂M/∂θ, the derivative of one EM iteration θ → M(θ), at a fixed point of it (equation 7.21).

    Its largest eigenvalue is the factor by which EM's error shrinks in the long run, and equals
    the largest share of information that is missing.

    Parameters
    ----------
    model : a model
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
    at = pack(model)

    def step(v):
        here = unpack(model, v)
        return pack(here.m_step(here.e_step(x)))

    steps = _steps(lambda v: unpack(model, v).e_step(x).log_likelihood, at)

    def slopes(h):
        moves = np.diag(h)
        return np.stack(
            [(step(at + m) - step(at - m)) / (2 * size) for m, size in zip(moves, h, strict=True)],
            axis=1,
        )

    return _extrapolated(slopes, steps)


def convergence_rate(iterates):
    """The last ratio of step lengths ‖θ_T − θ_{T−1}‖ / ‖θ_{T−1} − θ_{T−2}‖ (equation 7.27).

    Parameters
    ----------
    iterates : array_like, (T, p)
        At least three in a row, in free coordinates.

    Returns
    -------
    float
        0 where the iterates stand still.

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


def bic(model, x):
    """−2 log p(D; θ) + p log n: smaller is better; mclust reports its negative (equation 7.34).

    Parameters
    ----------
    model : a model
        At a maximum of the likelihood.
    x : array_like, (n, d)

    Returns
    -------
    float

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
    free = pack(model).size - getattr(model, "rotations", 0)
    return -2 * statistics.log_likelihood + free * log(statistics.rows)


def _steps(function, at):
    """For each coordinate the step whose second difference of the function is about CHANGE."""
    here = function(at)
    steps = np.where(at == 0, 1e-12, 1e-6 * np.abs(at))
    for j in range(at.size):
        for _ in range(40):
            move = np.zeros_like(at)
            move[j] = steps[j]
            try:
                change = abs(function(at + move) + function(at - move) - 2 * here)
            except ValueError as error:
                steps[j] /= 10
                if steps[j] < EDGE * abs(at[j]):
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


def _extrapolated(difference, steps):
    """Richardson: the error of a central difference falls by four when the step is halved."""
    return (4 * difference(steps / 2) - difference(steps)) / 3


def _second_differences(function, at, steps):
    moves, size = np.diag(steps), at.size
    result = np.empty((size, size))
    here = function(at)
    for i in range(size):
        pair = function(at + moves[i]) + function(at - moves[i])
        result[i, i] = (pair - 2 * here) / steps[i] ** 2
        for j in range(i):
            both = function(at + moves[i] + moves[j]) + function(at - moves[i] - moves[j])
            across = function(at + moves[i] - moves[j]) + function(at - moves[i] + moves[j])
            result[i, j] = result[j, i] = (both - across) / (4 * steps[i] * steps[j])
    return result
