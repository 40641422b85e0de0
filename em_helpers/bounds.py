"""The evidence lower bound (ELBO) and its gap: log p(D; θ) = L(p, q) + KL(q ‖ p(z|x; θ)).

For a discrete z, q is a table with a distribution over the components in each row, and the model a
``DiscreteModel``. For a z of real numbers q is a ``GaussianQ``, and the model has a ``posterior``.
Everything is summed over the rows of x.

Sources: Neal and Hinton (1998), in Learning in Graphical Models, Kluwer, 355-368; Cover and Thomas
(2006), Elements of Information Theory, Wiley, chapters 2 and 8, on entropy.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.models.gaussian_q import GaussianQ
from em_helpers.models.log_space import normalise, times_log


def entropy(q: ArrayLike | GaussianQ) -> float:
    """Return −E_q[log q], summed over rows, with 0 log 0 = 0 (equation 6.3).

    Parameters
    ----------
    q : array_like, (n, K), or GaussianQ

    Returns
    -------
    float
        In nats; not negative for a table.

    Raises
    ------
    ValueError
        ``q`` is not a distribution in each row.

    Examples
    --------
    >>> round(entropy([[0.5, 0.5], [1.0, 0.0]]), 6)
    0.693147
    """
    if isinstance(q, GaussianQ):
        return q.entropy()
    q = arguments.row_distributions("q", q, np.shape(q))
    return -float(times_log(q, q).sum())


def elbo(model: Any, x: ArrayLike, q: ArrayLike | GaussianQ) -> float:
    """Return the bound L(p, q) = E_q[log p(x, z; θ)] − E_q[log q(z)] (equation 6.2).

    Parameters
    ----------
    model : Model
    x : array_like, (n, d)
    q : array_like, (n, K), or GaussianQ

    Returns
    -------
    float
        At most log p(D; θ); −inf if q puts mass on a component of density 0.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or ``q`` is not a distribution in each row.
    """
    if isinstance(q, GaussianQ):
        return model.expected_log_joint(model.statistics(x, q)) + q.entropy()
    log_joint = model.log_joint(x)
    q = arguments.row_distributions("q", q, log_joint.shape)
    expected = np.where(q > 0, q * np.where(q > 0, log_joint, 0.0), 0.0).sum()
    return float(expected) + entropy(q)


def kl_to_posterior(model: Any, x: ArrayLike, q: ArrayLike | GaussianQ) -> float:
    """Return KL(q ‖ p(z|x; θ)), the gap between log p(D; θ) and the bound (6.5 and 6.7).

    Parameters
    ----------
    model : Model
    x : array_like, (n, d)
    q : array_like, (n, K), or GaussianQ

    Returns
    -------
    float
        In nats; 0 if and only if q is the posterior, and inf if q puts mass on a z that the
        posterior excludes.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or ``q`` is not a distribution in each row.
    """
    if isinstance(q, GaussianQ):
        return max(q.kl(model.posterior(x)), 0.0)
    log_joint = model.log_joint(x)
    q = arguments.row_distributions("q", q, log_joint.shape)
    log_posterior = log_joint - normalise(log_joint)[1][:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(q > 0, q * (np.log(q) - log_posterior), 0.0)
    return max(float(terms.sum()), 0.0)
