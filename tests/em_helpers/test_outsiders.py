"""Against those who wrote the same elsewhere, and against the enumeration of all assignments."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
import scipy.stats as st
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture as Peer

from em_helpers import (
    DiagonalGaussianMixture,
    GaussianMixture,
    Linkage,
    NormalWithMissing,
    ProbabilisticPCA,
    SphericalGaussianMixture,
    TiedGaussianMixture,
    entropy,
    fit,
    log_likelihood,
    responsibilities,
)
from tests.support.model_problems import CONTINUOUS, DISCRETE, matrices, weights

KINDS = {
    "full": GaussianMixture,
    "tied": TiedGaussianMixture,
    "diag": DiagonalGaussianMixture,
    "spherical": SphericalGaussianMixture,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("n", "d", "components"), [(300, 3, 4), (600, 9, 3), (900, 35, 2)])
def test_scikit_learns_iterations(kind, n, d, components):
    name = {"diag": "diagonal"}.get(kind, kind)
    model, x = vars(DISCRETE[name](np.random.default_rng(7), n, d, components)).values()
    if d > 3:
        q = np.random.default_rng(8).dirichlet(np.ones(components), size=n)
        model = type(model).from_responsibilities(x, q)
    peer = Peer(components, covariance_type=kind, reg_covar=0.0, max_iter=1, init_params="random")
    with pytest.warns(ConvergenceWarning):
        peer.fit(x)
    peer.weights_, peer.means_, peer.covariances_ = model.theta
    peer.precisions_cholesky_ = {
        "full": lambda c: np.linalg.inv(np.linalg.cholesky(c)).transpose(0, 2, 1),
        "tied": lambda c: np.linalg.inv(np.linalg.cholesky(c)).T,
        "diag": lambda c: 1 / np.sqrt(c),
        "spherical": lambda c: 1 / np.sqrt(c),
    }[kind](model.covariances)
    for _ in range(5):
        mean, log_r = peer._e_step(x)
        peer._m_step(x, log_r)
        statistics = model.e_step(x)
        assert statistics.log_likelihood == pytest.approx(mean * len(x), rel=1e-11)
        model = model.m_step(statistics)
    for ours, theirs in zip(
        model.theta, (peer.weights_, peer.means_, peer.covariances_), strict=True
    ):
        assert ours == pytest.approx(theirs, rel=1e-8, abs=1e-9)


def densities(name, model, x):
    """log p(x | z=k) by scipy, (n, K)."""
    if name in KINDS or name == "diagonal":
        return np.stack(
            [
                st.multivariate_normal(m, c).logpdf(x)
                for m, c in zip(model.means, model.covariance_matrices(), strict=True)
            ],
            axis=-1,
        )
    if name == "poisson":
        return st.poisson(model.rates).logpmf(x[:, None, :]).sum(axis=2)
    if name == "multinomial":
        return np.stack(
            [st.multinomial(x.sum(axis=1), p).logpmf(x) for p in model.probabilities], axis=1
        )
    if name == "bernoulli":
        return st.bernoulli(model.probabilities).logpmf(x[:, None, :]).sum(axis=2)
    if name == "binomial":
        return st.binom(x[:, 1:], model.biases).logpmf(x[:, :1])
    if name == "regression":
        lines = x[:, :-1] @ model.coefficients.T
        return st.norm(lines, np.sqrt(model.variances)).logpdf(x[:, -1:])
    raise KeyError(name)


@pytest.mark.parametrize(
    "name",
    ["full", "tied", "diagonal", "spherical", "poisson", "multinomial", "bernoulli", "binomial",
     "regression"],
)  # fmt: skip
def test_scipys_densities(name):
    model, x = vars(DISCRETE[name](np.random.default_rng(3), 30, 3, 3)).values()
    expected = densities(name, model, x) + np.log(model.weights)
    assert model.log_joint(x) == pytest.approx(expected, rel=1e-10, abs=1e-10)


def test_scipys_density_of_coupled_factors():
    model, x = vars(DISCRETE["coupled"](np.random.default_rng(3), 9, 3, 3)).values()
    for s, z in enumerate(itertools.product([0.0, 1.0], repeat=3)):
        expected = st.bernoulli(model.priors).logpmf(z).sum() + st.norm(
            np.array(z) @ model.factors, model.variance**0.5
        ).logpdf(x).sum(axis=1)
        assert model.log_joint(x)[:, s] == pytest.approx(expected, rel=1e-11)


def test_scipys_density_of_the_linkage_cells():
    model, x = vars(DISCRETE["linkage"](np.random.default_rng(3), 6, 3, 3)).values()
    t = model.theta / 4
    cells = [0.5 + t, 0.25 - t, 0.25 - t, t]
    expected = st.multinomial(x.sum(axis=1), cells).logpmf(x).sum()
    assert log_likelihood(model, x) == pytest.approx(expected, rel=1e-12)
    assert model.e_step(x).log_likelihood == pytest.approx(expected, rel=1e-12)


def test_scipys_density_with_gaps():
    model, x = vars(CONTINUOUS["missing"](np.random.default_rng(5), 25, 4, 1)).values()
    total = 0.0
    for row in x:
        seen = ~np.isnan(row)
        if seen.any():
            part = st.multivariate_normal(model.mean[seen], model.covariance[np.ix_(seen, seen)])
            total += part.logpdf(row[seen])
    assert np.isnan(x).any(axis=1).any()
    assert np.array_equal(np.where(np.isnan(x), x, model.posterior(x).means), x, equal_nan=True)
    assert log_likelihood(model, x) == pytest.approx(total, rel=1e-12)


def test_scipys_density_of_principal_components():
    model, x = vars(CONTINUOUS["principal"](np.random.default_rng(5), 25, 3, 2)).values()
    expected = st.multivariate_normal(model.mean, model.covariance).logpdf(x).sum()
    assert log_likelihood(model, x) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", ["full", "poisson", "bernoulli", "binomial", "regression"])
def test_every_assignment_of_every_row(name):
    """p(D) and p(z_i | D) from the K^n joint probabilities of whole assignments."""
    model, x = vars(DISCRETE[name](np.random.default_rng(11), 5, 2, 3)).values()
    joint = np.log(model.weights) + densities(name, model, x)
    assignments = list(itertools.product(range(3), repeat=5))
    p = np.exp([joint[range(5), z].sum() for z in assignments])
    assert log_likelihood(model, x) == pytest.approx(np.log(p.sum()), rel=1e-12)
    r = np.zeros((5, 3))
    for z, probability in zip(assignments, p / p.sum(), strict=True):
        r[range(5), z] += probability
    assert responsibilities(model, x) == pytest.approx(r, abs=1e-13)
    whole_entropy = -(p / p.sum()) @ np.log(p / p.sum())
    assert entropy(r) == pytest.approx(whole_entropy, rel=1e-11)


@pytest.mark.parametrize("name", ["full", "tied", "diagonal", "spherical"])
def test_one_component_is_the_closed_form(name):
    model, x = vars(DISCRETE[name](np.random.default_rng(2), 20, 3, 1)).values()
    found = fit(model, x, tol=0.0, max_iterations=2).model
    covariance = np.cov(x.T, bias=True)
    assert found.weights.tolist() == [1.0]
    assert found.means[0] == pytest.approx(x.mean(axis=0), rel=1e-13)
    expected = {
        "full": covariance[None],
        "tied": covariance,
        "diagonal": covariance.diagonal()[None],
        "spherical": [np.trace(covariance) / 3],
    }[name]
    assert found.covariances == pytest.approx(np.asarray(expected), rel=1e-12)


def test_one_component_of_the_families():
    rng = np.random.default_rng(4)
    for name, parameter, value in (
        ("poisson", "rates", lambda x: x.mean(axis=0)),
        ("bernoulli", "probabilities", lambda x: x.mean(axis=0)),
        ("bernoulli, smoothed", "probabilities", lambda x: (x.sum(axis=0) + 0.3) / (len(x) + 0.6)),
        ("multinomial", "probabilities", lambda x: x.sum(axis=0) / x.sum()),
        ("binomial", "biases", lambda x: x[:, 0].sum() / x[:, 1].sum()),
        ("regression", "coefficients", lambda x: np.linalg.lstsq(x[:, :-1], x[:, -1])[0]),
    ):
        model, x = vars(DISCRETE[name](rng, 20, 3, 1)).values()
        found = model.m_step(model.e_step(x))
        assert getattr(found, parameter)[0] == pytest.approx(value(x), rel=1e-11), name
    smoothed, x = vars(DISCRETE["multinomial, smoothed"](rng, 20, 3, 1)).values()
    found = smoothed.m_step(smoothed.e_step(x)).probabilities[0]
    assert found == pytest.approx((x.sum(axis=0) + 0.4) / (x.sum() + 0.4 * x.shape[1]), rel=1e-12)


def test_regression_residual_variance():
    model, x = vars(DISCRETE["regression"](np.random.default_rng(4), 20, 3, 1)).values()
    found = model.m_step(model.e_step(x))
    residual = np.linalg.lstsq(x[:, :-1], x[:, -1])[1][0]
    assert found.variances[0] == pytest.approx(residual / 20, rel=1e-11)


def test_complete_data_need_one_step():
    rng = np.random.default_rng(9)
    x = rng.multivariate_normal([1.0, -2.0, 0.5], matrices(rng, 1, 3)[0], size=30)
    found = NormalWithMissing.from_observed(x)
    found = found.m_step(found.e_step(x))
    assert found.mean == pytest.approx(x.mean(axis=0), rel=1e-12)
    assert found.covariance == pytest.approx(np.cov(x.T, bias=True), rel=1e-11)


def test_principal_components_by_em_and_by_eigenvectors():
    rng = np.random.default_rng(6)
    x = rng.normal(size=(60, 5)) @ np.diag([3.0, 2.0, 0.7, 0.6, 0.5]) @ rng.normal(size=(5, 5))
    closed = ProbabilisticPCA.closed_form(x, 2)
    start = ProbabilisticPCA(x.mean(axis=0), rng.normal(size=(5, 2)), 1.0)
    found = fit(start, x, tol=1e-11, max_iterations=20_000)
    assert found.trace[-1] == pytest.approx(log_likelihood(closed, x), rel=1e-10)
    assert found.model.covariance == pytest.approx(closed.covariance, rel=1e-4, abs=1e-4)
    assert closed.m_step(closed.e_step(x)).covariance == pytest.approx(closed.covariance, rel=1e-9)
    moved = ProbabilisticPCA.closed_form(1e-3 * x + 7.0, 2)
    assert moved.covariance == pytest.approx(1e-6 * closed.covariance, rel=1e-9)
    assert moved.mean == pytest.approx(1e-3 * closed.mean + 7.0, rel=1e-13)


def test_samples_have_the_models_moments():
    rng = np.random.default_rng(8)
    for name in ("full", "tied", "diagonal", "spherical"):
        model = DISCRETE[name](rng, 10, 2, 3).model
        x, z = model.sample(rng, 60_000)
        assert np.bincount(z) / len(z) == pytest.approx(model.weights, abs=0.01)
        for k in range(3):
            assert x[z == k].mean(axis=0) == pytest.approx(model.means[k], abs=0.12)
            assert np.cov(x[z == k].T) == pytest.approx(model.covariance_matrices()[k], abs=0.25)


def test_samples_of_the_families_have_the_models_moments():
    rng = np.random.default_rng(8)
    for name in ("poisson", "multinomial", "bernoulli", "binomial"):
        model = replace(DISCRETE[name](rng, 10, 2, 2).model, weights=[0.28, 0.72])
        x, z = model.sample(rng, 40_000)
        assert x.dtype == float
        assert np.bincount(z) / len(z) == pytest.approx(model.weights, abs=0.012)
        for k in range(2):
            mean = x[z == k].mean(axis=0)
            expected = {"multinomial": 20, "binomial": 10}.get(name, 1) * model.mean_parameters()[k]
            if name == "bernoulli":
                expected = model.probabilities[k]
            if name == "binomial":
                expected = np.array([expected[0], 10])
            assert mean == pytest.approx(expected, abs=0.12)
    assert weights(rng, 3).sum() == pytest.approx(1)


def test_samples_of_the_others_have_the_models_moments():
    rng = np.random.default_rng(12)
    model = DISCRETE["coupled"](rng, 10, 3, 3).model
    x, z = model.sample(rng, 50_000)
    assert z.mean(axis=0) == pytest.approx(model.priors, abs=0.01)
    residuals = x - z @ model.factors
    assert residuals.var() == pytest.approx(model.variance, rel=0.02)
    pca = replace(CONTINUOUS["principal"](rng, 10, 2, 2).model, variance=2.5)
    x, z = pca.sample(rng, 50_000)
    assert np.cov(z.T) == pytest.approx(np.eye(2), abs=0.03)
    noise = x - pca.mean - z @ pca.loadings.T
    assert noise.mean(axis=0) == pytest.approx(np.zeros(4), abs=0.03)
    assert np.cov(noise.T) == pytest.approx(2.5 * np.eye(4), abs=0.08)
    table, hidden = Linkage(0.7).sample(rng, 5000, animals=50)
    assert (table.sum(axis=1) == 50).all()
    assert (hidden <= table[:, 0]).all()
    assert table.mean(axis=0) / 50 == pytest.approx([0.675, 0.075, 0.075, 0.175], abs=0.005)
    assert hidden.mean() / 50 == pytest.approx(0.175, abs=0.005)
    lines = replace(DISCRETE["regression"](rng, 10, 2, 2).model, weights=[0.3, 0.7])
    x, z = lines.sample(rng, rng.normal(size=(50_000, 2)))
    assert np.bincount(z) / len(z) == pytest.approx([0.3, 0.7], abs=0.01)
    for k in range(2):
        rows = x[z == k]
        residuals = rows[:, 2] - rows[:, :2] @ lines.coefficients[k]
        assert residuals.var() == pytest.approx(lines.variances[k], rel=0.1)
        assert residuals.mean() == pytest.approx(0, abs=0.03)
    normal = CONTINUOUS["missing"](rng, 10, 3, 1).model
    assert np.cov(normal.sample(rng, 50_000).T) == pytest.approx(normal.covariance, abs=0.15)
