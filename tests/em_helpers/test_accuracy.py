"""Float64 against fifty digits, for every form of covariance, on data that are hard."""

import mpmath
import numpy as np
import pytest

from em_helpers import (
    DiagonalGaussianMixture,
    GaussianMixture,
    SphericalGaussianMixture,
    TiedGaussianMixture,
)

DIGITS = 1e-9
"""The relative error that is allowed: nine digits where eight are promised."""


def exact_step(model, x):
    """One E-step and M-step with fifty digits: log-likelihood, weights, means, covariances."""
    with mpmath.workdps(50):
        rows = [mpmath.matrix([mpmath.mpf(float(v)) for v in row]) for row in x]
        matrices = [mpmath.matrix(full.tolist()) for full in model.covariance_matrices()]
        means = [mpmath.matrix(mean.tolist()) for mean in model.means]
        d, K = len(means[0]), len(means)
        inverses = [m**-1 for m in matrices]
        log_likelihood, r = mpmath.mpf(0), []
        for row in rows:
            logs = []
            for k in range(K):
                step = row - means[k]
                distance = (step.T * inverses[k] * step)[0]
                volume = mpmath.log(mpmath.det(matrices[k])) + d * mpmath.log(2 * mpmath.pi)
                logs.append(mpmath.log(float(model.weights[k])) - (volume + distance) / 2)
            top = max(logs)
            total = top + mpmath.log(sum(mpmath.exp(one - top) for one in logs))
            log_likelihood += total
            r.append([mpmath.exp(one - total) for one in logs])
        counts = [sum(one[k] for one in r) for k in range(K)]
        centres = [
            sum((r[i][k] * row for i, row in enumerate(rows)), mpmath.zeros(d, 1)) / counts[k]
            for k in range(K)
        ]
        scatters = [
            sum(
                (r[i][k] * (row - centres[k]) * (row - centres[k]).T for i, row in enumerate(rows)),
                mpmath.zeros(d, d),
            )
            for k in range(K)
        ]
        form = {
            GaussianMixture: lambda: [s / c for s, c in zip(scatters, counts, strict=True)],
            TiedGaussianMixture: lambda: sum(scatters, mpmath.zeros(d, d)) / len(rows),
            DiagonalGaussianMixture: lambda: [
                [s[j, j] / c for j in range(d)] for s, c in zip(scatters, counts, strict=True)
            ],
            SphericalGaussianMixture: lambda: [
                sum(s[j, j] for j in range(d)) / (d * c)
                for s, c in zip(scatters, counts, strict=True)
            ],
        }[type(model)]()
        return (
            float(log_likelihood),
            np.array([float(c / len(rows)) for c in counts]),
            np.array([[float(v) for v in centre] for centre in centres]),
            np.array(_floats(form)),
        )


def _floats(value):
    if isinstance(value, mpmath.matrix):
        return [[float(value[i, j]) for j in range(value.cols)] for i in range(value.rows)]
    return [_floats(v) for v in value] if isinstance(value, list) else float(value)


def check(model, x):
    statistics = model.e_step(x)
    found = model.m_step(statistics)
    log_likelihood, weights, means, covariances = exact_step(model, x)
    assert statistics.log_likelihood == pytest.approx(log_likelihood, rel=DIGITS)
    assert found.weights == pytest.approx(weights, rel=DIGITS)
    assert found.means == pytest.approx(means, rel=DIGITS)
    variances = [np.sqrt(m.diagonal()) for m in np.atleast_3d(_square(found, covariances))]
    for mine, true, scale in zip(
        _square(found, found.covariances), _square(found, covariances), variances, strict=True
    ):
        assert (np.abs(mine - true) <= DIGITS * np.outer(scale, scale)).all()


def _square(model, covariances):
    """Any form of covariances as matrices, so that errors are measured in standard deviations."""
    if isinstance(model, TiedGaussianMixture):
        return covariances[None]
    if isinstance(model, DiagonalGaussianMixture):
        return np.stack([np.diag(np.broadcast_to(v, model.means.shape[1])) for v in covariances])
    return covariances


def forms(covariances):
    """Each family with the same matrices in its form."""
    diagonal = covariances.diagonal(axis1=1, axis2=2)
    return {
        GaussianMixture: covariances,
        TiedGaussianMixture: covariances[0],
        DiagonalGaussianMixture: diagonal,
        SphericalGaussianMixture: diagonal.mean(axis=1),
    }


FAMILIES = list(forms(np.eye(2)[None]))


def cloud(rng, family, scales=(1.0, 1.0), gap=3.0, offset=0.0, units=(1.0, 1.0)):
    """Two overlapping clouds of 12 and 9 points in two dimensions, and a model a little off."""
    units = np.array(units)
    roots = np.array([[[1.0, 0.0], [0.6, 0.7]], [[0.8, 0.0], [-0.3, 1.1]]])
    roots = roots * np.array(scales)[:, None, None] * units[:, None]
    centres = offset * units + np.array([[0.2, -0.4], [gap, 0.7 * gap]]) * max(scales) * units
    x = np.concatenate(
        [centres[k] + rng.normal(size=(n, 2)) @ roots[k].T for k, n in enumerate((12, 9))]
    )
    means = centres + 0.3 * np.array(scales)[:, None] * units
    covariances = 1.3 * roots @ roots.transpose(0, 2, 1)
    return family([0.55, 0.45], means, forms(covariances)[family]), x


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(3))
class TestFiftyDigits:
    """One iteration of EM."""

    def test_plain(self, family, seed):
        check(*cloud(np.random.default_rng(seed), family))

    def test_far_from_the_origin(self, family, seed):
        check(*cloud(np.random.default_rng(seed), family, offset=1e8))

    def test_components_whose_scales_differ_a_millionfold(self, family, seed):
        check(*cloud(np.random.default_rng(seed), family, scales=(1e6, 1.0), gap=0.1))

    def test_components_a_hundred_million_deviations_apart(self, family, seed):
        check(*cloud(np.random.default_rng(seed), family, gap=1e8))

    def test_a_mean_that_moves_by_very_many_deviations(self, family, seed):
        rng = np.random.default_rng(seed)
        x = 5.0 + 1e-6 * rng.normal(size=(9, 2))
        wide = family([1.0], [[-3000.0, 2000.0]], forms(1e6 * np.eye(2)[None])[family])
        check(wide, x)

    def test_very_small_units(self, family, seed):
        check(*cloud(np.random.default_rng(seed), family, units=(1e-9, 1e-9)))


@pytest.mark.parametrize("family", [f for f in FAMILIES if f is not SphericalGaussianMixture])
@pytest.mark.parametrize("seed", range(3))
def test_coordinates_in_very_different_units(family, seed):
    """A spherical covariance has one unit for all coordinates."""
    check(*cloud(np.random.default_rng(seed), family, units=(1e-6, 1e6)))


def test_a_nearly_singular_covariance():
    """Correlation 1 − 5e-9: the covariance keeps nine digits in standard deviations."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(15, 1)) * [1.0, 1.0] + 1e-4 * rng.normal(size=(15, 2))
    check(GaussianMixture([1.0], [[0.1, 0.1]], [[[1.0, 0.999], [0.999, 1.0]]]), x)


@pytest.mark.parametrize("share", [0.2, 1e-100])
def test_a_little_responsibility_keeps_its_digits(share):
    """A component with less than a case in all, whose mean moves by very many deviations."""
    rng = np.random.default_rng(4)
    x = 5.0 + 1e-6 * rng.normal(size=(9, 2))
    r = share * rng.uniform(0.05, 0.15, 9)
    wide = GaussianMixture(
        [0.5, 0.5], [[-3000.0, 2000.0], [5.0, 5.0]], 1e6 * np.stack([np.eye(2)] * 2)
    )
    found = wide.m_step(wide.statistics(x, np.column_stack([r, 1 - r])))
    assert found.means[0] == pytest.approx(r @ x / r.sum(), rel=1e-14)
    expected = np.cov((x - 5.0).T, aweights=r, bias=True)
    assert found.covariances[0] == pytest.approx(expected, rel=DIGITS)


def test_blocks_about_different_means_add_without_loss():
    """Each block moved its centre to its own mean; the sum is as exact as one block."""
    rng = np.random.default_rng(2)
    x = 5.0 + 1e-6 * rng.normal(size=(20, 2))
    wide = GaussianMixture([1.0], [[-3000.0, 2000.0]], 1e6 * np.eye(2)[None])
    statistics = wide.e_step(x[:7]) + wide.e_step(x[7:8]) + wide.e_step(x[8:])
    found = wide.m_step(statistics)
    _, _, means, covariances = exact_step(wide, x)
    assert found.means == pytest.approx(means, rel=1e-14)
    assert found.covariances == pytest.approx(covariances, rel=DIGITS)
