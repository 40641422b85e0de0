"""The evidence lower bound and its gap: log p(D; θ) = L(p, q) + KL(q ‖ p(z|x; θ)).

Everything here takes a model with ``log_joint`` and any q, summed over the rows of x.
"""

import numpy as np

from em_helpers import arguments
from em_helpers.models.mixture import normalise


def entropy(q):
    """−Σ q log q over rows and components, with 0 log 0 = 0 (equation 6.3).

    Parameters
    ----------
    q : array_like, (n, K)

    Returns
    -------
    float
        In nats; not negative.

    Raises
    ------
    ValueError
        ``q`` is not a distribution in each row.
    """
    q = arguments.row_distributions("q", q, np.shape(q))
    return -float(_times_log(q, q).sum())


def elbo(model, x, q):
    """L(p, q) = E_q[log p(x, z; θ)] − E_q[log q(z)] (equation 6.2).

    Parameters
    ----------
    model : a model with ``log_joint``
    x : array_like, (n, d)
    q : array_like, (n, K)

    Returns
    -------
    float
        At most log p(D; θ); −inf where q puts mass on a component of density 0.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or ``q`` not a distribution in each row.
    """
    log_joint = model.log_joint(x)
    q = arguments.row_distributions("q", q, log_joint.shape)
    expected = np.where(q > 0, q * np.where(q > 0, log_joint, 0.0), 0.0).sum()
    return float(expected) + entropy(q)


def kl_to_posterior(model, x, q):
    """KL(q ‖ p(z|x; θ)), the gap between log p(D; θ) and the bound (equation 6.5).

    Parameters
    ----------
    model : a model with ``log_joint``
    x : array_like, (n, d)
    q : array_like, (n, K)

    Returns
    -------
    float
        In nats; 0 exactly where q is the posterior, inf where q puts mass on a z that the
        posterior excludes.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or ``q`` not a distribution in each row.
    """
    log_joint = model.log_joint(x)
    q = arguments.row_distributions("q", q, log_joint.shape)
    log_posterior = log_joint - normalise(log_joint)[1][:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(q > 0, q * (np.log(q) - log_posterior), 0.0)
    return max(float(terms.sum()), 0.0)


def _times_log(p, q):
    """P log q with 0 log 0 = 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(p > 0, p * np.log(q), 0.0)
