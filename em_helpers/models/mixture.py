"""What every model with a discrete z shares: one posterior and one likelihood, from log p(x, z)."""

import numpy as np

from em_helpers.models.log_space import log_sum_exp


class DegenerateComponent(ValueError):
    """A component lost its points, or its points lost their spread: no M-step exists for it."""


def responsibilities(model, x):
    """The posterior p(z = k | x; θ) of every row, by Bayes' rule in logs (equation 3.4).

    Parameters
    ----------
    model : a model with ``log_joint``
    x : array_like, (n, d)

    Returns
    -------
    array, (n, K)
        Each row is a distribution over the components.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or a row has density 0 under every component.
    """
    return normalise(model.log_joint(x))[0]


def log_likelihood(model, x):
    """log p(D; θ), summed over the rows of ``x`` (equation 2.1).

    Parameters
    ----------
    model : a model with ``log_joint``
    x : array_like, (n, d)

    Returns
    -------
    float

    Raises
    ------
    ValueError
        ``x`` is not what the model takes.
    """
    return float(log_sum_exp(model.log_joint(x), axis=1).sum())


def normalise(log_joint):
    """Split log p(x, z) into p(z | x) and log p(x) (equations 3.2 and 3.4).

    Parameters
    ----------
    log_joint : array, (n, K)

    Returns
    -------
    responsibilities : array, (n, K)
    log_density : array, (n,)

    Raises
    ------
    ValueError
        A row is −inf throughout: its posterior is 0 / 0.
    """
    log_density = log_sum_exp(log_joint, axis=1)
    if not np.isfinite(log_density).all():
        row = int(np.argmin(np.isfinite(log_density)))
        raise ValueError(
            f"row {row} of x has density 0 under every component, so p(z|x) is 0/0; "
            f"look at that row for a wrong unit, and at the parameters for zeros."
        )
    return np.exp(log_joint - log_density[:, None]), log_density
