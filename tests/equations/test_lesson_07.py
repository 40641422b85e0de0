"""The numbered equations of lesson 7, each side computed its own way."""

import numpy as np
import pytest
import sympy as sp
from scipy import stats
from scipy.special import betaln
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture as Outsider

from em_helpers import GaussianMixture, NormalWithMissing, fit, responsibilities, standard_errors
from em_helpers.checks import simulated
from em_helpers.datasets import death_notices, faithful, murray
from em_helpers.models import PoissonMixture, pack

DEFINITIONS = {
    "7.3": "the first fall of a trace",
    "7.16": "the classification log-likelihood",
    "7.18": "observed and complete information",
    "7.27": "the measured rate",
    "7.30": "the first step and the change of the step",
    "7.31": "SQUAREM's extrapolation, scheme S3",
    "7.34": "BIC",
}


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def joint(x, theta):
    """p(x, z_k; θ) by scipy, (n, K)."""
    return np.column_stack(
        [w * np.atleast_1d(stats.multivariate_normal.pdf(x, m, s)) for w, m, s in zip(*theta)]  # noqa: B905
    )


def log_p(x, theta):
    return np.log(joint(x, theta).sum(axis=1)).sum()


def posterior(x, theta):
    p = joint(x, theta)
    return p / p.sum(axis=1, keepdims=True)


def m_step(x, r):
    means = [np.average(x, axis=0, weights=q) for q in r.T]
    covariances = [np.cov(x.T, aweights=q, bias=True) for q in r.T]
    return r.mean(axis=0), np.array(means), np.array(covariances).reshape(-1, *[x.shape[1]] * 2)


def gradient(f, at, width=1e-5):
    moves = width * np.eye(len(at))
    return np.array([(f(at + m) - f(at - m)) / (2 * width) for m in moves])


def jacobian(f, at, width=1e-4):
    """∂f_i / ∂at_j by central differences, extrapolated."""

    def once(h):
        moves = h * np.eye(len(at))
        return np.stack([(f(at + m) - f(at - m)) / (2 * h) for m in moves], axis=1)

    return (4 * once(width / 2) - once(width)) / 3


class TwoPoissons:
    """Counts from two Poissons, θ = (weight, rate, rate), by the textbook's formulas."""

    def __init__(self, x):
        self.x = np.asarray(x, dtype=float)

    def joint(self, theta):
        weight, *rates = theta
        return np.array([weight, 1 - weight]) * stats.poisson.pmf(self.x[:, None], rates)

    def log_p(self, theta):
        return np.log(self.joint(theta).sum(axis=1)).sum()

    def posterior(self, theta):
        p = self.joint(theta)
        return p / p.sum(axis=1, keepdims=True)

    def step(self, theta):
        r = self.posterior(theta)
        return np.array([r[:, 0].mean(), *(self.x @ r / r.sum(axis=0))])

    def scores(self, theta):
        """∇ log p(x, z_k; θ), (n, 2, 3)."""
        weight, *rates = theta
        result = np.zeros((len(self.x), 2, 3))
        result[:, 0, 0], result[:, 1, 0] = 1 / weight, -1 / (1 - weight)
        for k in range(2):
            result[:, k, 1 + k] = self.x / rates[k] - 1
        return result

    def slope(self, theta, at):
        """∇₁ 𝒬(θ | at)."""
        return np.einsum("nk,nki->i", self.posterior(at), self.scores(theta))

    def complete(self, top):
        return -jacobian(lambda v: self.slope(v, top), top)

    def observed(self, top):
        return -jacobian(lambda v: gradient(self.log_p, v, 1e-4), top, 1e-3)

    def top(self, start, steps=20000):
        theta = np.array(start, dtype=float)
        for _ in range(steps):
            theta = self.step(theta)
        return theta


@pytest.fixture(scope="module")
def poissons():
    rng = np.random.default_rng(70)
    z = rng.random(300) < 0.35
    data = TwoPoissons(rng.poisson(np.where(z, 1.5, 6.0)))
    return data, data.top([0.4, 1.0, 5.0], 3000)


def random_covariance(rng, d, size=1.0):
    root = rng.normal(size=(d, d))
    return size * (root @ root.T + 0.2 * np.eye(d))


@pytest.mark.equation("7.1")
def test_an_iteration_gains_what_its_m_step_gains_or_more(rng):
    x, model = simulated.overlapping(rng, 40, 2, 3)
    theta = model.theta
    for _ in range(5):
        r = posterior(x, theta)
        new = m_step(x, r)
        in_j = (r * (np.log(joint(x, new)) - np.log(joint(x, theta)))).sum()
        assert log_p(x, new) - log_p(x, theta) > in_j > 0
        theta = new


@pytest.mark.equation("7.2")
def test_gains_add_up_and_stay_below_a_bound(poissons):
    data, _ = poissons
    theta, trace = np.array([0.7, 3.0, 3.5]), []
    for _ in range(60):
        trace.append(data.log_p(theta))
        theta = data.step(theta)
    _, counts = np.unique(data.x, return_counts=True)
    bound = (counts * np.log(counts / counts.sum())).sum()
    assert np.diff(trace).sum() == pytest.approx(trace[-1] - trace[0])
    assert (np.diff(trace) >= 0).all()
    assert trace[-1] - trace[0] < bound - trace[0]


@pytest.mark.equation("7.4")
def test_gradients_agree_everywhere_and_vanish_at_a_fixed_point(poissons):
    data, top = poissons
    somewhere = np.array([0.3, 2.0, 4.4])
    assert np.abs(data.slope(somewhere, somewhere)).max() > 1
    np.testing.assert_allclose(
        gradient(data.log_p, somewhere), data.slope(somewhere, somewhere), rtol=1e-6
    )
    np.testing.assert_allclose(data.step(top), top, rtol=1e-12)
    np.testing.assert_allclose(gradient(data.log_p, top), 0, atol=1e-5)


@pytest.mark.equation("7.5")
def test_limits_are_stationary_at_the_limit_of_the_values(rng):
    """Bounded by a prior, the log posterior of a Gaussian mixture has no slope at the limit."""
    x, base = simulated.mixture(rng, 50, 1, 2)
    psi, nu = 0.7, 3.0
    theta = base.theta

    def objective(v):
        weight, a, b, s, t = v
        parts = np.array([weight, 1 - weight]), np.array([[a], [b]]), np.array([[[s]], [[t]]])
        prior = -0.5 * sum((nu + 2) * np.log(e) + psi / e for e in (s, t))
        return log_p(x, parts) + prior

    values = []
    for _ in range(800):
        r = posterior(x, theta)
        weights, means, covariances = m_step(x, r)
        c = r.sum(axis=0)[:, None, None]
        theta = weights, means, (psi + c * covariances) / (c + nu + 2)
        v = np.array([theta[0][0], *theta[1].ravel(), *theta[2].ravel()])
        values.append(objective(v))
    assert np.diff(values).min() > -1e-9
    assert values[-1] - values[0] > 0.01
    np.testing.assert_allclose(gradient(objective, v), 0, atol=2e-4)


@pytest.mark.equation("7.6")
def test_the_likelihood_is_below_the_highest_peak(rng):
    for n, d, K in ((1, 1, 2), (9, 2, 3), (20, 3, 2)):
        x, model = simulated.mixture(rng, n, d, K)
        smallest = min(np.linalg.slogdet(s)[1] for s in model.covariances)
        bound = -n * d / 2 * np.log(2 * np.pi) - n / 2 * smallest
        assert log_p(x, model.theta) <= bound
    mean, covariance = np.array([[1.0, -2.0]]), random_covariance(rng, 2)
    peak = -np.log(2 * np.pi) - 0.5 * np.linalg.slogdet(covariance)[1]
    assert log_p(mean, ([1.0], mean, [covariance])) == pytest.approx(peak)


def under_prior(a, psi, covariance):
    return -0.5 * (a * np.linalg.slogdet(covariance)[1] + np.trace(psi @ np.linalg.inv(covariance)))


def h(a, psi):
    d = len(psi)
    return -0.5 * (a * np.linalg.slogdet(psi / a)[1] + a * d)


@pytest.mark.equation("7.7")
def test_the_largest_prior_term(rng):
    for d, a in ((1, 3.5), (2, 6.0), (3, 41.0)):
        psi = random_covariance(rng, d)
        assert under_prior(a, psi, psi / a) == pytest.approx(h(a, psi))
        for _ in range(200):
            other = psi / a + 0.2 * random_covariance(rng, d) * rng.uniform(0, 1)
            assert under_prior(a, psi, other) <= h(a, psi)
            assert under_prior(a, psi, random_covariance(rng, d)) <= h(a, psi)


@pytest.mark.equation("7.8")
def test_the_log_posterior_has_a_bound(rng):
    n, d, K, nu = 15, 2, 3, 1.5
    x, model = simulated.mixture(rng, n, d, K)
    psi = random_covariance(rng, d)
    bound = -n * d / 2 * np.log(2 * np.pi) + h(n + nu + d + 1, psi) + (K - 1) * h(nu + d + 1, psi)
    for power in range(-12, 8):
        covariances = model.covariances.copy()
        covariances[0] *= 10.0**power
        means = np.vstack([x[:1], model.means[1:]])
        prior = sum(under_prior(nu + d + 1, psi, s) for s in covariances)
        assert (
            GaussianMixture(model.weights, means, covariances).e_step(x).log_likelihood + prior
            < bound
        )
    exact = np.tile(x[0], (n, 1)), ([1.0], x[:1], [psi / (n + nu + d + 1)])
    reached = log_p(*exact) + under_prior(nu + d + 1, psi, exact[1][2][0])
    assert reached == pytest.approx(bound - (K - 1) * h(nu + d + 1, psi))


def murray_log_p(variance, rho):
    covariance = variance * np.array([[1, rho], [rho, 1]])
    total = 0.0
    for pair in murray():
        seen = ~np.isnan(pair)
        part = covariance[np.ix_(seen, seen)]
        total += stats.multivariate_normal.logpdf(pair[seen], np.zeros(seen.sum()), part)
    return total


@pytest.mark.equation("7.9")
def test_murrays_likelihood(rng):
    for _ in range(10):
        s, rho = rng.uniform(0.5, 6), rng.uniform(-0.95, 0.95)
        u = s * (1 - rho**2)
        formula = -6 * np.log(s) - 16 / s - 2 * np.log(u) - 4 / u - 8 * np.log(2 * np.pi)
        assert murray_log_p(s, rho) == pytest.approx(formula)


@pytest.mark.equation("7.10")
def test_murrays_maxima(rng):
    s, u = sp.symbols("s u", positive=True)
    first, second = -6 * sp.log(s) - 16 / s, -2 * sp.log(u) - 4 / u
    assert sp.solve(sp.diff(first, s), s) == [sp.Rational(8, 3)]
    assert sp.solve(sp.diff(second, u), u) == [2]
    assert {1 - sp.Rational(2) / sp.Rational(8, 3)} == {sp.Rational(1, 4)}
    top = murray_log_p(8 / 3, 0.5)
    assert murray_log_p(8 / 3, -0.5) == pytest.approx(top)
    others = [murray_log_p(rng.uniform(0.3, 9), rng.uniform(-0.99, 0.99)) for _ in range(100)]
    assert max(others) < top


@pytest.mark.equation("7.11")
def test_murrays_saddle():
    s, rho = sp.symbols("s rho")
    u = s * (1 - rho**2)
    ell = -6 * sp.log(s) - 16 / s - 2 * sp.log(u) - 4 / u
    place = {s: sp.Rational(5, 2), rho: 0}
    assert [sp.diff(ell, v).subs(place) for v in (s, rho)] == [0, 0]
    across = sp.diff(ell, rho, 2).subs(rho, 0)
    assert sp.simplify(across - (4 - 8 / s)) == 0
    assert across.subs(place) == sp.Rational(4, 5)
    along = sp.diff(ell, s, 2).subs(rho, 0)
    assert sp.simplify(along - (8 / s**2 - 40 / s**3)) == 0
    assert along.subs(place) < 0


@pytest.mark.equation("7.12")
def test_murrays_iteration(rng):
    for _ in range(8):
        s, rho = rng.uniform(0.5, 6), rng.uniform(-0.95, 0.95)
        variance = (5 + s * (1 - rho**2) + 4 * rho**2) / 3
        covariance = 8 / (3 * s) * rho * s
        total = np.zeros((2, 2))
        for pair in murray():
            filled, extra = pair.copy(), np.zeros((2, 2))
            for j in np.flatnonzero(np.isnan(pair)):
                filled[j] = rho * pair[1 - j]
                extra[j, j] = s * (1 - rho**2)
            total += np.outer(filled, filled) + extra
        np.testing.assert_allclose(
            total / 12, [[variance, covariance], [covariance, variance]], rtol=1e-12
        )
    model = NormalWithMissing([0, 0], 5.0 * np.eye(2), fixed_mean=True)
    end = fit(model, murray(), tol=1e-13).model.covariance
    np.testing.assert_allclose(end, 2.5 * np.eye(2), atol=1e-6)


def narrow(rng, width):
    x = 2 * rng.normal(size=(40, 2))
    weights, means = rng.dirichlet(np.ones(3)), rng.normal(size=(3, 2))
    squared = ((x[:, None] - means) ** 2).sum(axis=2)
    return x, weights, means, squared, (weights, means, width * np.tile(np.eye(2), (3, 1, 1)))


@pytest.mark.equation("7.13")
def test_log_odds_under_one_round_covariance(rng):
    x, weights, _, squared, theta = narrow(rng, 0.4)
    r = posterior(x, theta)
    for j, k in ((0, 1), (2, 0), (1, 2)):
        formula = np.log(weights[k] / weights[j]) - (squared[:, k] - squared[:, j]) / 0.8
        np.testing.assert_allclose(np.log(r[:, k] / r[:, j]), formula, rtol=1e-8)


@pytest.mark.equation("7.14")
def test_shares_of_other_means_vanish_and_the_step_tends_to_lloyds(rng):
    x, weights, means, squared, theta = narrow(rng, 0.3)
    r, j, rows = posterior(x, theta), squared.argmin(axis=1), np.arange(40)
    for k in range(3):
        bound = weights[k] / weights[j] * np.exp(-(squared[:, k] - squared[rows, j]) / 0.6)
        other = k != j
        assert (r[other, k] <= bound[other]).all()
    assert set(j) == {0, 1, 2}
    outsider = KMeans(3, init=means, n_init=1, max_iter=1).fit(x)
    tiny = GaussianMixture(weights, means, 1e-5 * np.tile(np.eye(2), (3, 1, 1)))
    r = responsibilities(tiny, x)
    moved = r.T @ x / r.sum(axis=0)[:, None]
    np.testing.assert_allclose(moved, outsider.cluster_centers_, atol=1e-9)


@pytest.mark.equation("7.15")
def test_the_objective_tends_to_the_cost_of_k_means(rng):
    x, weights, means, squared, _ = narrow(rng, 1.0)
    cost = squared.min(axis=1).sum()
    for width in (2.0, 0.5, 0.1, 1e-4):
        model = GaussianMixture(weights, means, width * np.tile(np.eye(2), (3, 1, 1)))
        ell = model.e_step(x).log_likelihood
        excess = -2 * width * (ell + len(x) * np.log(2 * np.pi * width)) - cost
        assert -1e-9 <= excess <= -2 * width * len(x) * np.log(weights.min())


@pytest.mark.equation("7.17")
def test_hard_em_climbs_the_classification_likelihood(rng):
    x, model = simulated.overlapping(rng, 90, 2, 2)
    theta, rows = model.theta, np.arange(90)
    rises = []
    for _ in range(12):
        before = np.log(joint(x, theta))
        labels = before.argmax(axis=1)
        new = m_step(x, np.eye(2)[labels])
        after = np.log(joint(x, new))
        chain = before[rows, labels].sum(), after[rows, labels].sum(), after.max(axis=1).sum()
        assert chain[0] <= chain[1] + 1e-9
        assert chain[1] <= chain[2]
        rises.append(chain[2] - chain[0])
        theta = new
    assert rises[0] > 1e-3
    assert rises[-1] == pytest.approx(0, abs=1e-9)


@pytest.mark.equation("7.19")
def test_mixed_derivatives_of_the_objective(poissons):
    data, top = poissons
    mixed = jacobian(lambda v: data.slope(top, v), top)
    expected = data.complete(top) - data.observed(top)
    np.testing.assert_allclose(mixed, expected, atol=1e-5 * np.abs(expected).max())


@pytest.mark.equation("7.20")
def test_complete_information_times_the_iterations_derivative(poissons):
    data, top = poissons
    left = data.complete(top) @ jacobian(data.step, top)
    right = data.complete(top) - data.observed(top)
    np.testing.assert_allclose(left, right, atol=1e-5 * np.abs(right).max())


@pytest.mark.equation("7.21")
def test_the_derivative_of_the_iteration(poissons):
    data, top = poissons
    expected = np.eye(3) - np.linalg.solve(data.complete(top), data.observed(top))
    np.testing.assert_allclose(jacobian(data.step, top), expected, atol=1e-6)
    transposed = np.eye(3) - data.observed(top) @ np.linalg.inv(data.complete(top))
    np.testing.assert_allclose(jacobian(data.step, top).T, transposed, atol=1e-5)


@pytest.mark.equation("7.22")
def test_missing_information_is_a_covariance_of_scores(poissons):
    data, top = poissons
    r, scores = data.posterior(top), data.scores(top)
    total = np.zeros((3, 3))
    for row, each in zip(r, scores, strict=True):
        total += np.cov(each.T, aweights=row, bias=True)
    expected = data.complete(top) - data.observed(top)
    np.testing.assert_allclose(total, expected, atol=1e-5 * np.abs(expected).max())


@pytest.mark.equation("7.23")
def test_eigenvalues_lie_between_zero_and_one(poissons):
    data, top = poissons
    values = np.linalg.eigvals(jacobian(data.step, top))
    assert np.abs(values.imag).max() < 1e-9
    assert values.real.min() > -1e-9
    assert 0.05 < values.real.max() < 1
    weights, vectors = np.linalg.eigh(data.complete(top))
    root = vectors * np.sqrt(weights) @ vectors.T
    theta = top + np.array([1e-4, -2e-4, 3e-4])
    for _ in range(20):
        new = data.step(theta)
        shrunk = np.linalg.norm(root @ (new - top)) / np.linalg.norm(root @ (theta - top))
        assert shrunk < values.real.max() + 1e-2
        theta = new


@pytest.mark.equation("7.24")
def test_errors_in_the_basis_of_eigenvectors(poissons, rng):
    data, top = poissons
    complete, derivative = data.complete(top), jacobian(data.step, top)
    values, vectors = np.linalg.eig(derivative)
    vectors = vectors / np.sqrt(np.einsum("ij,ik,kj->j", vectors, complete, vectors))
    np.testing.assert_allclose(vectors.T @ complete @ vectors, np.eye(3), atol=1e-4)
    error = rng.normal(size=3)
    a = vectors.T @ complete @ error
    for t in (0, 1, 4):
        expected = np.linalg.matrix_power(derivative, t) @ error
        np.testing.assert_allclose(vectors @ (a * values**t), expected, atol=1e-4)


@pytest.mark.equation("7.25")
def test_errors_and_steps_shrink_by_the_largest_eigenvalue(poissons):
    data, top = poissons
    largest = np.abs(np.linalg.eigvals(jacobian(data.step, top))).max()
    theta, path = top + np.array([0.01, -0.02, 0.03]), []
    for _ in range(25):
        path.append(theta)
        theta = data.step(theta)
    errors = np.linalg.norm(np.array(path) - top, axis=1)
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    assert errors[-1] / errors[-2] == pytest.approx(largest, rel=1e-4)
    assert steps[-1] / steps[-2] == pytest.approx(largest, rel=1e-4)


@pytest.mark.equation("7.26")
def test_the_gap_is_quadratic_and_shrinks_by_the_square(poissons):
    data, top = poissons
    complete, observed = data.complete(top), data.observed(top)
    derivative = jacobian(data.step, top)
    values, vectors = np.linalg.eig(derivative)
    vectors = vectors / np.sqrt(np.einsum("ij,ik,kj->j", vectors, complete, vectors))
    error = np.array([0.002, -0.004, 0.003])
    gap = data.log_p(top) - data.log_p(top + error)
    assert gap == pytest.approx(0.5 * error @ observed @ error, rel=0.01)
    a = vectors.T @ complete @ error
    for t in (0, 3):
        later = np.linalg.matrix_power(derivative, t) @ error
        formula = 0.5 * (a**2 * (1 - values) * values ** (2 * t)).sum()
        assert 0.5 * later @ observed @ later == pytest.approx(formula, rel=1e-3)
    theta, gaps = top + 5 * error, []
    for _ in range(10):
        theta = data.step(theta)
        gaps.append(data.log_p(top) - data.log_p(theta))
    assert gaps[-1] / gaps[-2] == pytest.approx(values.max() ** 2, rel=5e-3)


@pytest.mark.equation("7.28")
def test_complete_information_of_two_poissons(poissons):
    data, top = poissons
    weight, *rates = top
    c, n = data.posterior(top).sum(axis=0), len(data.x)
    expected = np.diag([n / (weight * (1 - weight)), c[0] / rates[0], c[1] / rates[1]])
    np.testing.assert_allclose(data.complete(top), expected, atol=1e-6 * expected.max())


@pytest.mark.equation("7.29")
def test_missing_information_of_two_poissons(poissons):
    data, top = poissons
    weight, *rates = top
    r = data.posterior(top)
    total = np.zeros((3, 3))
    for x, (a, b) in zip(data.x, r, strict=True):
        delta = np.array([1 / (weight * (1 - weight)), x / rates[0] - 1, 1 - x / rates[1]])
        total += a * b * np.outer(delta, delta)
    expected = data.complete(top) - data.observed(top)
    np.testing.assert_allclose(total, expected, atol=1e-5 * np.abs(expected).max())


@pytest.mark.equation("7.32")
def test_the_error_of_a_jump_is_a_square(rng):
    A = rng.normal(size=(4, 4)) / 3
    limit, error, alpha = rng.normal(size=4), rng.normal(size=4), -2.7
    t0, t1, t2 = (limit + np.linalg.matrix_power(A, t) @ error for t in range(3))
    r, v = t1 - t0, t2 - 2 * t1 + t0
    factor = np.eye(4) - alpha * (A - np.eye(4))
    jump = t0 - 2 * alpha * r + alpha**2 * v
    np.testing.assert_allclose(jump - limit, factor @ factor @ error, atol=1e-10)
    lam, u = 0.83, rng.normal(size=4)
    one = [limit + lam**t * u for t in range(3)]
    r, v = one[1] - one[0], one[2] - 2 * one[1] + one[0]
    assert np.linalg.norm(r) / np.linalg.norm(v) == pytest.approx(1 / (1 - lam))


@pytest.mark.equation("7.33")
def test_laplace_for_a_coin():
    """Against the exact integral, a Beta function; what Laplace leaves out is of order 1 / n."""
    errors = {}
    for n in (40, 400, 4000):
        heads, tails, b = 0.3 * n, 0.7 * n, 0.3
        exact = -2 * (betaln(heads + 2, tails + 3) - betaln(2, 3))
        ell = heads * np.log(b) + tails * np.log(1 - b)
        information = heads / b**2 + tails / (1 - b) ** 2
        prior = stats.beta.logpdf(b, 2, 3)
        laplace = -2 * ell + np.log(information) - np.log(2 * np.pi) - 2 * prior
        errors[n] = abs(laplace - exact)
    assert errors[40] < 0.2
    assert errors[400] / errors[4000] == pytest.approx(10, rel=0.05)


@pytest.mark.equation("7.35")
def test_the_number_of_free_coordinates(rng):
    for d, K in ((1, 1), (1, 4), (2, 3), (3, 2), (5, 2)):
        model = simulated.mixture(rng, 1, d, K)[1]
        formula = (K - 1) + K * d + K * d * (d + 1) // 2
        assert pack(model).size == formula
        assert Outsider(K).fit(rng.normal(size=(40, d)))._n_parameters() == formula


@pytest.mark.equation("7.36")
def test_standard_errors_from_missing_information(poissons):
    data, top = poissons
    r, scores = data.posterior(top), data.scores(top)
    missing = sum(np.cov(s.T, aweights=q, bias=True) for q, s in zip(r, scores, strict=True))
    ours = np.sqrt(np.diag(np.linalg.inv(data.complete(top) - missing)))
    model = PoissonMixture([top[0], 1 - top[0]], [[top[1]], [top[2]]])
    np.testing.assert_allclose(ours, standard_errors(model, data.x[:, None]), rtol=1e-4)


def squarem(data, theta):
    made = 0
    while True:
        first = data.step(theta)
        made += 1
        if np.linalg.norm(first - theta) < 1e-8 * np.linalg.norm(theta):
            return made, first
        second = data.step(first)
        made += 1
        r, v = first - theta, second - 2 * first + theta
        alpha = -np.linalg.norm(r) / np.linalg.norm(v)
        jump = theta - 2 * alpha * r + alpha**2 * v
        sound = 0 < jump[0] < 1 and jump.min() > 0 and data.log_p(jump) >= data.log_p(first)
        theta = jump if sound else second


def test_hasselblads_2061_steps_and_fewer():
    data = TwoPoissons(death_notices()[:, 0])
    path = [np.array([0.4, 1.0, 2.0])]
    while len(path) < 2 or np.linalg.norm(path[-1] - path[-2]) >= 1e-8 * np.linalg.norm(path[-2]):
        path.append(data.step(path[-1]))
    assert len(path) - 1 == 2061
    steps = np.linalg.norm(np.diff(path[-3:], axis=0), axis=1)
    largest = np.abs(np.linalg.eigvals(jacobian(data.step, path[-1]))).max()
    assert steps[1] / steps[0] == pytest.approx(largest, abs=5e-5)
    made, end = squarem(data, np.array([0.4, 1.0, 2.0]))
    assert made < 200
    np.testing.assert_allclose(end, path[-1], atol=1e-4)


def test_bic_as_mclust_prints_it():
    x = faithful()
    spread = np.cov(x.T, bias=True)
    start = GaussianMixture([0.5, 0.5], [[2.5, 62.0], [3.6, 76.0]], [spread, spread])
    ell = fit(start, x, tol=1e-10).trace[-1]
    assert 2 * ell - 11 * np.log(272) == pytest.approx(-2322.192, abs=5e-4)
