"""The evidence lower bound and its gap: log p(D; θ) = L(p, q) + KL(q ‖ p(z|x; θ)).

For a discrete z, q is a table with a distribution over the components in each row; for a z of
real numbers it is a ``GaussianPosterior``. Everything is summed over the rows of x.
"""

import numpy as np

from em_helpers import arguments
from em_helpers.models.gaussian_posterior import GaussianPosterior
from em_helpers.models.log_space import times_log
from em_helpers.models.mixture import normalise


def entropy(q):
    """−E_q[log q] over rows, with 0 log 0 = 0 (equation 6.3).

    Parameters
    ----------
    q : array_like, (n, K), or GaussianPosterior

    Returns
    -------
    float
        In nats; not negative for a table.

    Raises
    ------
    ValueError
        ``q`` is not a distribution in each row.

    Notes
    -----
    Cover and Thomas (2006), Elements of Information Theory, Wiley, chapters 2 and 8.

    Examples
    --------
    >>> round(entropy([[0.5, 0.5], [1.0, 0.0]]), 6)
    0.693147
    """
    if isinstance(q, GaussianPosterior):
        return q.entropy()
    q = arguments.row_distributions("q", q, np.shape(q))
    return -float(times_log(q, q).sum())


def elbo(model, x, q):
    """L(p, q) = E_q[log p(x, z; θ)] − E_q[log q(z)] (equation 6.2).

    Parameters
    ----------
    model : a model
    x : array_like, (n, d)
    q : array_like, (n, K), or GaussianPosterior

    Returns
    -------
    float
        At most log p(D; θ); −inf where q puts mass on a component of density 0.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or ``q`` not a distribution in each row.

    Notes
    -----
    Neal and Hinton (1998), in Learning in Graphical Models, Kluwer, 355-368.
    """
    if isinstance(q, GaussianPosterior):
        return model.expected_log_joint(model.statistics(x, q)) + q.entropy()
    log_joint = model.log_joint(x)
    q = arguments.row_distributions("q", q, log_joint.shape)
    expected = np.where(q > 0, q * np.where(q > 0, log_joint, 0.0), 0.0).sum()
    return float(expected) + entropy(q)


def kl_to_posterior(model, x, q):
    """KL(q ‖ p(z|x; θ)), the gap between log p(D; θ) and the bound (equations 6.5 and 6.7).

    Parameters
    ----------
    model : a model
    x : array_like, (n, d)
    q : array_like, (n, K), or GaussianPosterior

    Returns
    -------
    float
        In nats; 0 exactly where q is the posterior, inf where q puts mass on a z that the
        posterior excludes.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or ``q`` not a distribution in each row.

    Notes
    -----
    Neal and Hinton (1998), in Learning in Graphical Models, Kluwer, 355-368.
    """
    if isinstance(q, GaussianPosterior):
        return max(q.kl(model.posterior(x)), 0.0)
    log_joint = model.log_joint(x)
    q = arguments.row_distributions("q", q, log_joint.shape)
    log_posterior = log_joint - normalise(log_joint)[1][:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(q > 0, q * (np.log(q) - log_posterior), 0.0)
    return max(float(terms.sum()), 0.0)
