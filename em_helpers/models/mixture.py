"""What every model with a discrete z shares: one posterior and one likelihood, from log p(x, z)."""

from math import isfinite

import numpy as np

from em_helpers.models.log_space import log_sum_exp


class DegenerateComponent(ValueError):
    """A component lost its points, or its points lost their spread: no M-step exists for it."""


class ImpossibleRow(ValueError):
    """A row has density 0 whatever z is, so its posterior is 0 / 0.

    Attributes
    ----------
    row : int
    """

    def __init__(self, row):
        super().__init__(
            f"row {row} of x has density 0 under every component, so p(z|x) is 0/0; "
            f"look at that row for a wrong unit, and at the parameters for zeros."
        )
        self.row = row

    def __reduce__(self):
        """Travel between processes by the row alone."""
        return type(self), (self.row,)


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
    """log p(D; θ), summed over the rows of ``x`` (equation 2.2).

    Parameters
    ----------
    model : a model
    x : array_like, (n, d)

    Returns
    -------
    float
        Where z is not discrete, what the model's own E-step says.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes.

    Notes
    -----
    McLachlan and Peel (2000), Finite Mixture Models, Wiley, section 2.1.
    """
    if not hasattr(model, "log_joint"):
        return model.e_step(x).log_likelihood
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
    ImpossibleRow
        A row is −inf throughout: its posterior is 0 / 0.
    """
    posterior, log_density = normalise_columns(np.array(log_joint.T))
    return posterior.T, log_density


def normalise_columns(log_joint):
    """The same with the component first, which is quicker for many rows; in the same memory.

    Parameters
    ----------
    log_joint : array, (K, n)
        Becomes the responsibilities.

    Returns
    -------
    responsibilities : array, (K, n)
    log_density : array, (n,)

    Raises
    ------
    ImpossibleRow
        A column is −inf throughout.
    """
    largest = np.maximum.reduce(log_joint, axis=0)
    if not isfinite(largest.dot(largest)):
        finite = np.isfinite(largest)
        if np.count_nonzero(finite) < finite.size:
            raise ImpossibleRow(int(np.argmin(finite)))
    log_joint -= largest
    posterior = np.exp(log_joint, out=log_joint)
    total = np.add.reduce(posterior, axis=0)
    posterior /= total
    np.log(total, out=total)
    total += largest
    return posterior, total
