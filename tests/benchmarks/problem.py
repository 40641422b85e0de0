"""Data to be fitted, and where both sides start."""

import numpy as np

from em_helpers import GaussianMixture

SIZES = (
    (272, 2, 2),
    (10_000, 2, 3),
    (100_000, 2, 5),
    (100_000, 16, 8),
    (1_000_000, 8, 16),
    (200_000, 64, 16),
)
"""(n, d, K)."""


def problem(n, d, components, seed=0):
    """n points of a mixture whose components overlap, and a start beside its parameters."""
    rng = np.random.default_rng(seed)
    roots = rng.normal(size=(components, d, d))
    covariances = roots @ roots.transpose(0, 2, 1) / d + 0.3 * np.eye(d)
    means = rng.normal(0, 2, (components, d))
    weights = 0.3 / components + 0.7 * rng.dirichlet(np.full(components, 3.0))
    z = rng.choice(components, n, p=weights)
    x = np.empty((n, d))
    for k, factor in enumerate(np.linalg.cholesky(covariances)):
        rows = np.flatnonzero(z == k)
        x[rows] = means[k] + rng.standard_normal((rows.size, d)) @ factor.T
    start = means + 0.3 * rng.normal(size=means.shape)
    return x, GaussianMixture(weights, start, covariances)
