"""The posterior and the likelihood of a model with a discrete z, by Bayes' rule in logs."""

from numpy.typing import ArrayLike

from em_helpers.arguments import FloatArray
from em_helpers.models.log_space import normalise
from em_helpers.models.model import DiscreteModel, Model


def responsibilities(model: DiscreteModel, x: ArrayLike) -> FloatArray:
    """Return the posterior p(z = k | x; θ) of every row, by Bayes' rule in logs (equation 3.4).

    Parameters
    ----------
    model : DiscreteModel
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


def log_likelihood(model: Model, x: ArrayLike) -> float:
    """Return log p(D; θ), summed over the rows of ``x`` (equation 2.2).

    Parameters
    ----------
    model : Model
    x : array_like, (n, d)

    Raises
    ------
    ValueError
        ``x`` is not what the model takes.

    Notes
    -----
    McLachlan and Peel (2000), Finite Mixture Models, Wiley, section 2.1.
    """
    return model.log_likelihood(x)
