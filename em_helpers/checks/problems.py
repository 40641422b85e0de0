"""Random problems that tell mistakes apart: unequal weights, correlated covariances, K ≠ d."""

import numpy as np

from em_helpers.models import GaussianMixture

SIZES = ((1, 1, 2), (1, 3, 2), (2, 2, 1), (7, 1, 3), (12, 3, 2), (25, 2, 4), (40, 4, 3))
"""(n, d, K) of the problems that ``mixtures`` yields."""


def mixture(rng, n, d, components):
    """One Gaussian mixture and n points drawn from it.

    Parameters
    ----------
    rng : numpy.random.Generator
    n, d, components : int

    Returns
    -------
    x : array, (n, d)
    model : GaussianMixture
        Weights between 0.3 / K and about 1, correlated covariances of unequal sizes, means a few
        standard deviations apart, none of it symmetric.
    """
    weights = 0.3 / components + 0.7 * rng.dirichlet(np.full(components, 1.5))
    means = rng.normal(1.5, 2.0, (components, d))
    roots = rng.normal(size=(components, d, d))
    scales = rng.uniform(0.4, 2.5, (components, 1, 1))
    covariances = scales * (roots @ roots.transpose(0, 2, 1) / d + 0.3 * np.eye(d))
    model = GaussianMixture(weights, means, covariances)
    return model.sample(rng, n)[0], model


def mixtures(seed):
    """Problems of every size in ``SIZES``, the same ones for the same seed.

    Parameters
    ----------
    seed : int

    Yields
    ------
    x : array, (n, d)
    model : GaussianMixture
    """
    rng = np.random.default_rng(seed)
    for n, d, components in SIZES:
        yield mixture(rng, n, d, components)


def soft_assignments(rng, n, components):
    """Responsibilities from nowhere: each row a distribution, every column with a positive sum.

    Parameters
    ----------
    rng : numpy.random.Generator
    n, components : int

    Returns
    -------
    array, (n, K)
    """
    return rng.dirichlet(rng.uniform(0.5, 2.0, components), size=n)
