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


def overlapping(rng, n, d, components):
    """A mixture whose components lie on each other, so that most points are in doubt.

    Parameters
    ----------
    rng : numpy.random.Generator
    n, d, components : int

    Returns
    -------
    x : array, (n, d)
    model : GaussianMixture
        As of ``mixture``, its means at a quarter of their distances.
    """
    _, base = mixture(rng, 1, d, components)
    middle = base.means.mean(axis=0)
    means = middle + 0.25 * (base.means - middle)
    model = GaussianMixture(base.weights, means, base.covariances)
    return model.sample(rng, n)[0], model


def far_mixture(rng, n, components):
    """Points far from every component, whose component is in doubt all the same.

    All components share one covariance, so that the log-odds between two of them are linear in
    x; there is a direction in which none of them changes, and the points lie far out along it.

    Parameters
    ----------
    rng : numpy.random.Generator
    n, components : int

    Returns
    -------
    x : array, (n, d)
        With d = K + 1. Row 0 lies near the components, the others 60 to 200 standard deviations
        away, where every density is 0 in float64.
    model : GaussianMixture
    """
    _, base = mixture(rng, 1, components + 1, components)
    covariance = base.covariances[0]
    spread = np.linalg.cholesky(covariance)
    means = base.means[0] + 0.8 * rng.normal(size=base.means.shape) @ spread.T
    model = GaussianMixture(base.weights, means, np.tile(covariance, (components, 1, 1)))
    changes = np.linalg.solve(covariance, (means - means[0]).T).T
    away = np.linalg.svd(changes)[2][-1]
    away /= np.linalg.norm(np.linalg.solve(spread, away))
    distances = rng.uniform(60, 200, (n, 1)) * rng.choice([-1, 1], (n, 1))
    distances[0] = 0
    return model.sample(rng, n)[0] + distances * away, model
