"""The random problems are such that mistakes show."""

import numpy as np
import pytest

from em_helpers import responsibilities
from em_helpers.checks import simulated


def test_problems_repeat_with_their_seed():
    first, second = (list(simulated.mixtures(11)) for _ in range(2))
    for (x, model), (again, same) in zip(first, second, strict=True):
        np.testing.assert_array_equal(x, again)
        np.testing.assert_array_equal(model.covariances, same.covariances)
    (x, _), *_ = simulated.mixtures(12)
    assert not np.array_equal(x, first[0][0])


def test_problems_are_far_from_symmetric():
    for x, model in simulated.mixtures(3):
        n, d = x.shape
        components = model.weights.size
        if components > 1:
            assert np.ptp(model.weights) > 1e-3
            assert np.ptp(np.linalg.slogdet(model.covariances)[1]) > 1e-2
        if d > 1:
            off = model.covariances[:, ~np.eye(d, dtype=bool)]
            assert np.abs(off).min() > 1e-3
        assert (n, d, components) in simulated.SIZES


def test_sizes_tell_n_d_and_k_apart():
    assert any(n == 1 for n, _, _ in simulated.SIZES)
    assert any(k == 1 for _, _, k in simulated.SIZES)
    assert sum(d != k for _, d, k in simulated.SIZES) >= 5


def test_soft_assignments_are_distributions_that_use_every_component():
    r = simulated.soft_assignments(np.random.default_rng(0), 9, 4)
    np.testing.assert_allclose(r.sum(axis=1), 1)
    assert (r.sum(axis=0) > 0).all()
    assert np.ptp(r.sum(axis=0)) > 0.1


@pytest.mark.parametrize("components", [2, 3, 5])
def test_far_points_have_no_density_left_and_are_in_doubt(components):
    x, model = simulated.far_mixture(np.random.default_rng(components), 40, components)
    assert x.shape == (40, components + 1)
    densities = np.exp(model.log_joint(x))
    assert (densities[0] > 0).any()
    assert (densities[1:] == 0).all()
    assert np.median(responsibilities(model, x).max(axis=1)) < 0.95


def test_overlapping_components_leave_most_points_in_doubt():
    rng = np.random.default_rng(8)
    largest = [
        responsibilities(model, x).max(axis=1)
        for n, d, components in simulated.SIZES
        if components > 1
        for x, model in [simulated.overlapping(rng, n, d, components)]
    ]
    assert np.median(np.concatenate(largest)) < 0.9
