"""Simulate mixtures and data on which wrong answers give wrong results, for hidden tests."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from em_helpers.models import GaussianMixture

Problem = tuple[NDArray[np.floating], GaussianMixture]
"""Points x, (n, d), and the mixture that they come from."""

SIZES = ((1, 1, 2), (1, 3, 2), (2, 2, 1), (7, 1, 3), (12, 3, 2), (25, 2, 4), (40, 4, 3))
"""(n, d, K) of the problems that ``mixtures`` yields."""


def mixture(rng: np.random.Generator, n: int, d: int, components: int) -> Problem:
    """Simulate a Gaussian mixture and n points drawn from it, (n, d).

    Its weights lie between 0.3 / K and about 1, its covariances are correlated and of unequal
    sizes, and its means are a few standard deviations apart.
    """
    weights = 0.3 / components + 0.7 * rng.dirichlet(np.full(components, 1.5))
    means = rng.normal(1.5, 2.0, (components, d))
    roots = rng.normal(size=(components, d, d))
    scales = rng.uniform(0.4, 2.5, (components, 1, 1))
    covariances = scales * (roots @ roots.transpose(0, 2, 1) / d + 0.3 * np.eye(d))
    model = GaussianMixture(weights, means, covariances)
    return model.sample(rng, n)[0], model


def mixtures(seed: int) -> Iterator[Problem]:
    """Simulate problems of every size in ``SIZES``, the same ones for the same seed."""
    rng = np.random.default_rng(seed)
    for n, d, components in SIZES:
        yield mixture(rng, n, d, components)


def soft_assignments(rng: np.random.Generator, n: int, components: int) -> NDArray[np.floating]:
    """Draw random responsibilities, (n, K), such that every component has a positive total."""
    return rng.dirichlet(rng.uniform(0.5, 2.0, components), size=n)


def overlapping(rng: np.random.Generator, n: int, d: int, components: int) -> Problem:
    """Simulate a mixture whose components overlap, so that most assignments are uncertain.

    It is as in ``mixture``, with the means at a quarter of their distances.
    """
    _, base = mixture(rng, 1, d, components)
    middle = base.means.mean(axis=0)
    means = middle + 0.25 * (base.means - middle)
    model = GaussianMixture(base.weights, means, base.covariances)
    return model.sample(rng, n)[0], model


def far_mixture(rng: np.random.Generator, n: int, components: int) -> Problem:
    """Simulate points far from every component whose assignments are uncertain nevertheless.

    All components share one covariance, so the log-odds between two of them are linear in x. The
    points, (n, d) with d = K + 1, lie far out along a direction in which none of the log-odds
    changes: 60 to 200 standard deviations away, where every density is 0 in float64. Only row 0
    lies near the components.
    """
    _, base = mixture(rng, 1, components + 1, components)
    covariance = base.covariances[0]
    root = np.linalg.cholesky(covariance)
    means = base.means[0] + 0.8 * rng.normal(size=base.means.shape) @ root.T
    model = GaussianMixture(base.weights, means, np.tile(covariance, (components, 1, 1)))
    log_odds_gradients = np.linalg.solve(covariance, (means - means[0]).T).T
    direction = np.linalg.svd(log_odds_gradients)[2][-1]
    direction /= np.linalg.norm(np.linalg.solve(root, direction))
    distances = rng.uniform(60, 200, (n, 1)) * rng.choice([-1, 1], (n, 1))
    distances[0] = 0
    return model.sample(rng, n)[0] + distances * direction, model
