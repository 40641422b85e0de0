"""The random problems are such that mistakes show."""

import numpy as np

from em_helpers.checks import problems


def test_problems_repeat_with_their_seed():
    first, second = (list(problems.mixtures(11)) for _ in range(2))
    for (x, model), (again, same) in zip(first, second, strict=True):
        np.testing.assert_array_equal(x, again)
        np.testing.assert_array_equal(model.covariances, same.covariances)
    (x, _), *_ = problems.mixtures(12)
    assert not np.array_equal(x, first[0][0])


def test_problems_are_far_from_symmetric():
    for x, model in problems.mixtures(3):
        n, d = x.shape
        components = model.weights.size
        if components > 1:
            assert np.ptp(model.weights) > 1e-3
            assert np.ptp(np.linalg.slogdet(model.covariances)[1]) > 1e-2
        if d > 1:
            off = model.covariances[:, ~np.eye(d, dtype=bool)]
            assert np.abs(off).min() > 1e-3
        assert (n, d, components) in problems.SIZES


def test_sizes_tell_n_d_and_k_apart():
    assert any(n == 1 for n, _, _ in problems.SIZES)
    assert any(k == 1 for _, _, k in problems.SIZES)
    assert sum(d != k for _, d, k in problems.SIZES) >= 5


def test_soft_assignments_are_distributions_that_use_every_component():
    r = problems.soft_assignments(np.random.default_rng(0), 9, 4)
    np.testing.assert_allclose(r.sum(axis=1), 1)
    assert (r.sum(axis=0) > 0).all()
    assert np.ptp(r.sum(axis=0)) > 0.1
