"""The numbered equations of lesson 4, each side computed its own way."""

import itertools

import numpy as np
import pytest
import sympy as sp
from scipy import optimize, special, stats
from sklearn.mixture._gaussian_mixture import _estimate_gaussian_parameters

from em_helpers import GaussianMixture, responsibilities
from em_helpers.checks import simulated

DEFINITIONS = {
    "4.2": "the expected complete-data log-likelihood",
    "4.5": "the expected counts c_k and the distributions Q_k over the cases",
    "4.17": "the sums s_k(m) and S_k(m) about a point m",
}


@pytest.fixture
def rng():
    return np.random.default_rng(4)


@pytest.fixture
def soft(rng):
    """Fourteen points in two dimensions, and responsibilities for three components."""
    x, model = simulated.mixture(rng, 14, 2, 3)
    return x, simulated.soft_assignments(rng, 14, 3), model


def log_normal(x, mean, covariance):
    """By scipy, one number a row."""
    return np.atleast_1d(stats.multivariate_normal.logpdf(x, mean, covariance))


def objective(x, r, weights, means, covariances):
    """𝒬(θ), case by case and component by component."""
    total = 0.0
    for row, shares in zip(x, r, strict=True):
        for k, share in enumerate(shares):
            density = stats.multivariate_normal(means[k], covariances[k]).logpdf(row)
            total += share * (np.log(weights[k]) + density)
    return total


def formulas(x, r):
    """(4.9), (4.15) and (4.16), in loops."""
    weights, means, covariances = [], [], []
    for shares in r.T:
        count = sum(shares)
        mean = sum(w * row for w, row in zip(shares, x, strict=True)) / count
        squares = [w * np.outer(row - mean, row - mean) for w, row in zip(shares, x, strict=True)]
        weights.append(count / len(x))
        means.append(mean)
        covariances.append(sum(squares) / count)
    return np.array(weights), np.array(means), np.array(covariances)


def scatter(x, shares, point):
    return sum(w * np.outer(row - point, row - point) for w, row in zip(shares, x, strict=True))


def covariance(rng, d):
    root = rng.normal(size=(d, d))
    return root @ root.T + 0.3 * np.eye(d)


def from_free(free, d):
    """A positive definite matrix from d(d+1)/2 free numbers, by its Cholesky factor."""
    root = np.zeros((d, d))
    root[np.tril_indices(d)] = free
    root[np.diag_indices(d)] = np.exp(np.diag(root))
    return root @ root.T


def climb(function, start):
    """Where a function of a vector is largest, by an optimiser that knows its values only."""
    found = optimize.minimize(lambda v: -function(v), start, method="BFGS", options={"gtol": 1e-8})
    polished = optimize.minimize(
        lambda v: -function(v), found.x, method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 20_000, "maxfev": 20_000},
    )  # fmt: skip
    return polished.x


def slopes(function, at, step=1e-5):
    """Central differences in every entry of an array."""
    result = np.zeros_like(at)
    for index in np.ndindex(at.shape):
        moved = np.zeros_like(at)
        moved[index] = step
        result[index] = (function(at + moved) - function(at - moved)) / (2 * step)
    return result


def mean_under(mean, covariance, function, nodes=8):
    """E under a Gaussian by Gauss-Hermite quadrature, exact for polynomials up to degree 15."""
    places, weights = np.polynomial.hermite_e.hermegauss(nodes)
    weights = weights / weights.sum()
    root = np.linalg.cholesky(covariance)
    total = 0.0
    for grid in itertools.product(range(nodes), repeat=len(mean)):
        index = list(grid)
        total = total + np.prod(weights[index]) * function(mean + root @ places[index])
    return total


def divergence(mean, covariance, other_mean, other):
    """KL between two Gaussians, as (4.20) says it."""
    ratio = np.linalg.inv(other) @ covariance
    step = mean - other_mean
    return 0.5 * (
        np.trace(ratio) - np.log(np.linalg.det(ratio)) - len(mean)
        + step @ np.linalg.inv(other) @ step
    )  # fmt: skip


@pytest.mark.equation("4.1")
def test_responsibilities_are_the_posterior_and_sum_to_one(soft):
    x, _, model = soft
    joint = np.column_stack(
        [
            w * np.exp(log_normal(x, m, c))
            for w, m, c in zip(model.weights, model.means, model.covariances, strict=True)
        ]
    )
    r = responsibilities(model, x)
    np.testing.assert_allclose(r, joint / joint.sum(axis=1, keepdims=True), rtol=1e-9)
    np.testing.assert_allclose(r.sum(axis=1), 1, rtol=1e-12)


@pytest.mark.equation("4.3")
def test_complete_data_log_likelihood_sorts_by_label(rng, soft):
    x, _, model = soft
    z = rng.permutation(np.r_[0, 1, 2, rng.integers(0, 3, 11)])
    one_by_one = sum(
        np.log(model.weights[k]) + log_normal(row, model.means[k], model.covariances[k])[0]
        for row, k in zip(x, z, strict=True)
    )
    sorted_by_label = sum(
        (z == k).sum() * np.log(model.weights[k])
        + log_normal(x[z == k], model.means[k], model.covariances[k]).sum()
        for k in range(3)
    )
    assert one_by_one == pytest.approx(sorted_by_label, rel=1e-12)


@pytest.mark.equation("4.4")
def test_complete_data_fit_maximises(rng):
    z = rng.permutation(np.repeat([0, 1], [5, 8]))
    x = rng.normal(size=(13, 2)) @ rng.normal(size=(2, 2)) + 2 * z[:, None]
    for k in (0, 1):
        group = x[z == k]

        def height(free, group=group):
            return log_normal(group, free[:2], from_free(free[2:], 2)).sum()

        best = climb(height, np.array([0.5, -0.5, 0.1, 0.2, 0.3]))
        np.testing.assert_allclose(best[:2], group.mean(axis=0), atol=1e-5)
        np.testing.assert_allclose(
            from_free(best[2:], 2), np.cov(group.T, bias=True), rtol=1e-4, atol=1e-5
        )
    share = optimize.minimize_scalar(
        lambda w: -(5 * np.log(w) + 8 * np.log(1 - w)), bounds=(0.01, 0.99), method="bounded",
        options={"xatol": 1e-9},
    ).x  # fmt: skip
    assert share == pytest.approx(5 / 13, abs=1e-6)
    fitted = GaussianMixture([0.5, 0.5], [[0, 0], [1, 1]], [np.eye(2)] * 2)
    fitted = fitted.m_step(fitted.statistics(x, np.eye(2)[z]))
    np.testing.assert_allclose(fitted.weights, [5 / 13, 8 / 13])
    np.testing.assert_allclose(fitted.covariances[1], np.cov(x[z == 1].T, bias=True))


@pytest.mark.equation("4.6")
def test_objective_falls_apart(soft):
    x, r, model = soft
    counts = r.sum(axis=0)
    weights_term = counts @ np.log(model.weights)
    gaussian_terms = 0.0
    for k in range(3):
        q = r[:, k] / counts[k]
        gaussian_terms += counts[k] * (q @ log_normal(x, model.means[k], model.covariances[k]))
    assert objective(x, r, *model.theta) == pytest.approx(weights_term + gaussian_terms, rel=1e-12)


@pytest.mark.equation("4.7")
def test_marginal_log_likelihood_couples_the_means(rng):
    x, m1, m2 = sp.symbols("x m1 m2", real=True)
    v1, v2, w = sp.symbols("v1 v2 w", positive=True)

    def density(mean, v):
        return sp.exp(-((x - mean) ** 2) / (2 * v)) / sp.sqrt(2 * sp.pi * v)

    p1, p2 = w * density(m1, v1), (1 - w) * density(m2, v2)
    mixed = sp.diff(sp.log(p1 + p2), m1, m2)
    stated = -(p1 / (p1 + p2)) * (p2 / (p1 + p2)) * (x - m1) / v1 * (x - m2) / v2
    both = sp.lambdify((x, m1, m2, v1, v2, w), (mixed, stated))
    for _ in range(20):
        values = (*rng.normal(size=3), *rng.uniform(0.5, 2, 2), rng.uniform(0.1, 0.9))
        left, right = both(*values)
        assert left == pytest.approx(right, rel=1e-8)
        assert abs(left) > 1e-6
    r1 = sp.Symbol("r1", positive=True)
    expected = r1 * sp.log(p1) + (1 - r1) * sp.log(p2)
    assert sp.simplify(sp.diff(expected, m1, m2)) == 0


@pytest.mark.equation("4.8")
def test_weights_term_is_a_cross_entropy(rng, soft):
    _, r, _ = soft
    counts, pi = r.sum(axis=0), rng.dirichlet([1, 2, 3])
    rho = counts / 14
    bracket = stats.entropy(rho) + special.rel_entr(rho, pi).sum()
    assert counts @ np.log(pi) == pytest.approx(-14 * bracket, rel=1e-12)
    assert special.rel_entr(rho, pi).sum() > 0


@pytest.mark.equation("4.9")
def test_weights_maximise(soft):
    x, r, model = soft
    counts = r.sum(axis=0)

    def height(free):
        return counts @ special.log_softmax(np.r_[free, 0.0])

    best = special.softmax(np.r_[climb(height, np.array([0.7, -0.4])), 0.0])
    np.testing.assert_allclose(best, counts / 14, rtol=1e-5)
    np.testing.assert_allclose(model.m_step(model.statistics(x, r)).weights, counts / 14)


@pytest.mark.equation("4.10")
def test_lagrange_multiplier_gives_the_weights():
    c = sp.symbols("c1:4", positive=True)
    pi = sp.symbols("pi1:4", positive=True)
    multiplier = sp.Symbol("lambda", positive=True)
    lagrangian = sum(a * sp.log(p) for a, p in zip(c, pi, strict=True))
    lagrangian -= multiplier * (sum(pi) - 1)
    for a, p in zip(c, pi, strict=True):
        assert sp.simplify(sp.diff(lagrangian, p) - (a / p - multiplier)) == 0
    equations = [sp.diff(lagrangian, p) for p in pi] + [sum(pi) - 1]
    (solution,) = sp.solve(equations, [*pi, multiplier], dict=True)
    assert sp.simplify(solution[multiplier] - sum(c)) == 0
    for a, p in zip(c, pi, strict=True):
        assert sp.simplify(solution[p] - a / sum(c)) == 0


def log_partition(eta1, eta2):
    """A(η) in the natural parameters themselves."""
    return -0.25 * eta1 @ np.linalg.inv(eta2) @ eta1 - 0.5 * np.log(np.linalg.det(-2 * eta2))


@pytest.mark.equation("4.11")
@pytest.mark.parametrize("d", [1, 2, 4])
def test_gaussian_is_an_exponential_family(rng, d):
    mean, sigma = rng.normal(size=d), covariance(rng, d)
    eta1, eta2 = np.linalg.solve(sigma, mean), -0.5 * np.linalg.inv(sigma)
    a = 0.5 * mean @ eta1 + 0.5 * np.log(np.linalg.det(sigma))
    assert a == pytest.approx(log_partition(eta1, eta2), rel=1e-10)
    for _ in range(5):
        x = rng.normal(size=d)
        natural = eta1 @ x + (eta2 * np.outer(x, x)).sum() - a - d / 2 * np.log(2 * np.pi)
        assert natural == pytest.approx(log_normal(x, mean, sigma)[0], rel=1e-10)


@pytest.mark.equation("4.12")
def test_expected_log_density_needs_two_moments(rng, soft):
    x, r, _ = soft
    q = r[:, 1] / r[:, 1].sum()
    first = q @ x
    second = np.einsum("n,ni,nj->ij", q, x, x)
    for _ in range(5):
        mean, sigma = rng.normal(size=2), covariance(rng, 2)
        eta1, eta2 = np.linalg.solve(sigma, mean), -0.5 * np.linalg.inv(sigma)
        natural = eta1 @ first + (eta2 * second).sum() - log_partition(eta1, eta2)
        direct = q @ log_normal(x, mean, sigma)
        assert natural - np.log(2 * np.pi) == pytest.approx(direct, rel=1e-10)


def natural_directions():
    """A basis of (η₁, η₂) in two dimensions with η₂ symmetric, and T(x) along each."""
    e = np.eye(2)
    zero = np.zeros((2, 2))
    return [
        (e[0], zero),
        (e[1], zero),
        (e[0] * 0, np.outer(e[0], e[0])),
        (e[0] * 0, np.outer(e[1], e[1])),
        (e[0] * 0, np.outer(e[0], e[1]) + np.outer(e[1], e[0])),
    ]


def statistic(x):
    """⟨direction, T(x)⟩ for each direction of the basis."""
    return np.array([a @ x + (b * np.outer(x, x)).sum() for a, b in natural_directions()])


def partition_along(mean, sigma):
    """A as a function of steps along the basis, from the natural parameters of a Gaussian."""
    eta1, eta2 = np.linalg.solve(sigma, mean), -0.5 * np.linalg.inv(sigma)

    def function(steps):
        a, b = eta1.copy(), eta2.copy()
        for step, (in_first, in_second) in zip(steps, natural_directions(), strict=True):
            a, b = a + step * in_first, b + step * in_second
        return log_partition(a, b)

    return function


@pytest.mark.equation("4.13")
def test_gradient_of_the_log_partition_is_the_mean_of_t(rng):
    mean, sigma = rng.normal(size=2), covariance(rng, 2)
    gradient = slopes(partition_along(mean, sigma), np.zeros(5), step=1e-6)
    np.testing.assert_allclose(gradient, mean_under(mean, sigma, statistic), rtol=1e-6, atol=1e-7)
    second = np.outer(mean, mean) + sigma
    stated = [*mean, second[0, 0], second[1, 1], 2 * second[0, 1]]
    np.testing.assert_allclose(mean_under(mean, sigma, statistic), stated, rtol=1e-10)


@pytest.mark.equation("4.14")
def test_hessian_of_the_log_partition_is_the_covariance_of_t(rng):
    mean, sigma = rng.normal(size=2), covariance(rng, 2)
    function, step = partition_along(mean, sigma), 1e-4
    hessian = np.array(
        [
            slopes(lambda at, row=row: function(at + row), np.zeros(5), step)
            - slopes(lambda at, row=row: function(at - row), np.zeros(5), step)
            for row in step * np.eye(5)
        ]
    ) / (2 * step)
    average = mean_under(mean, sigma, statistic)
    spread = mean_under(
        mean, sigma, lambda x: np.outer(statistic(x) - average, statistic(x) - average)
    )
    np.testing.assert_allclose(hessian, spread, rtol=2e-5, atol=2e-5 * abs(spread).max())
    assert np.linalg.eigvalsh(spread).min() > 0


@pytest.mark.equation("4.14")
def test_log_partition_in_one_dimension_symbolically():
    e1, e2 = sp.symbols("eta1 eta2", real=True)
    a = -(e1**2) / (4 * e2) - sp.log(-2 * e2) / 2
    v = -1 / (2 * e2)
    m = e1 * v
    moments = {1: m, 2: m**2 + v, 3: m**3 + 3 * m * v, 4: m**4 + 6 * m**2 * v + 3 * v**2}
    for i, j in itertools.product((1, 2), repeat=2):
        left = sp.diff(a, (e1, e2)[i - 1], (e1, e2)[j - 1])
        assert sp.simplify(left - (moments[i + j] - moments[i] * moments[j])) == 0


@pytest.mark.equation("4.15")
@pytest.mark.equation("4.16")
def test_means_and_covariances_maximise(soft):
    x, r, model = soft
    _, means, covariances = formulas(x, r)
    for k in range(3):

        def height(free, k=k):
            return r[:, k] @ log_normal(x, free[:2], from_free(free[2:], 2))

        best = climb(height, np.array([0.5, -0.5, 0.1, 0.2, 0.3]))
        np.testing.assert_allclose(best[:2], means[k], rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(from_free(best[2:], 2), covariances[k], rtol=1e-4, atol=1e-4)
    fitted = model.m_step(model.statistics(x, r))
    np.testing.assert_allclose(fitted.means, means, rtol=1e-10)
    np.testing.assert_allclose(fitted.covariances, covariances, rtol=1e-9, atol=1e-12)
    _, outside_means, outside = _estimate_gaussian_parameters(x, r, 0.0, "full")
    np.testing.assert_allclose(means, outside_means, rtol=1e-10)
    np.testing.assert_allclose(covariances, outside, rtol=1e-9, atol=1e-12)


@pytest.mark.equation("4.16")
def test_covariance_is_the_second_moment_less_the_square(soft):
    x, r, _ = soft
    _, means, covariances = formulas(x, r)
    for k, shares in enumerate(r.T):
        second = sum(w * np.outer(row, row) for w, row in zip(shares, x, strict=True))
        other = second / shares.sum() - np.outer(means[k], means[k])
        np.testing.assert_allclose(covariances[k], other, rtol=1e-9, atol=1e-11)


@pytest.mark.equation("4.18")
def test_sums_about_another_point(rng, soft):
    x, r, _ = soft
    _, means, covariances = formulas(x, r)
    for k, shares in enumerate(r.T):
        point, count = rng.normal(size=2) * 3, shares.sum()
        squares = scatter(x, shares, point)
        way = means[k] - point
        np.testing.assert_allclose(
            squares, count * covariances[k] + count * np.outer(way, way), rtol=1e-10, atol=1e-11
        )
        first = shares @ (x - point) / count
        back = squares / count - np.outer(first, first)
        np.testing.assert_allclose(back, covariances[k], rtol=1e-9, atol=1e-11)


@pytest.mark.equation("4.19")
def test_expected_log_density_is_a_divergence_of_gaussians(rng, soft):
    x, r, _ = soft
    _, means, covariances = formulas(x, r)
    for k, shares in enumerate(r.T):
        mean, sigma = rng.normal(size=2) * 2, covariance(rng, 2)
        near = stats.multivariate_normal(means[k], covariances[k])
        other = stats.multivariate_normal(mean, sigma)
        under_q = shares @ other.logpdf(x) / shares.sum()
        under_gaussian = mean_under(means[k], covariances[k], other.logpdf)
        gap = mean_under(
            means[k], covariances[k], lambda at, p=near, q=other: p.logpdf(at) - q.logpdf(at)
        )
        assert under_q == pytest.approx(under_gaussian, rel=1e-9)
        assert under_q == pytest.approx(-near.entropy() - gap, rel=1e-9)


@pytest.mark.equation("4.20")
@pytest.mark.parametrize("d", [1, 2, 3])
def test_divergence_between_gaussians(rng, d):
    mean, sigma = rng.normal(size=d), covariance(rng, d)
    other_mean, other = rng.normal(size=d), covariance(rng, d)
    p, q = stats.multivariate_normal(mean, sigma), stats.multivariate_normal(other_mean, other)
    integral = mean_under(mean, sigma, lambda x: p.logpdf(x) - q.logpdf(x))
    assert divergence(mean, sigma, other_mean, other) == pytest.approx(integral, rel=1e-9)


@pytest.mark.equation("4.21")
def test_divergence_by_eigenvalues_is_not_negative(rng):
    for d in (1, 2, 3, 5):
        mean, sigma = rng.normal(size=d), covariance(rng, d)
        assert divergence(mean, sigma, mean, sigma) == pytest.approx(0, abs=1e-12)
        for size in (1e-3, 0.1, 1.0):
            other_mean = mean + size * rng.normal(size=d)
            other = sigma + size * covariance(rng, d)
            values, vectors = np.linalg.eigh(other)
            root = vectors @ np.diag(values**-0.5) @ vectors.T
            eigenvalues = np.linalg.eigvalsh(root @ sigma @ root)
            step = mean - other_mean
            by_eigenvalues = 0.5 * (eigenvalues - 1 - np.log(eigenvalues)).sum()
            by_eigenvalues += 0.5 * step @ np.linalg.solve(other, step)
            stated = divergence(mean, sigma, other_mean, other)
            assert stated == pytest.approx(by_eigenvalues, rel=1e-6)
            assert by_eigenvalues > 0


@pytest.mark.equation("4.22")
def test_height_of_the_top(soft):
    x, r, _ = soft
    _, means, covariances = formulas(x, r)
    for k, shares in enumerate(r.T):
        direct = shares @ log_normal(x, means[k], covariances[k])
        constant = 2 * np.log(2 * np.pi) + np.log(np.linalg.det(covariances[k])) + 2
        assert direct == pytest.approx(-0.5 * shares.sum() * constant, rel=1e-10)


@pytest.mark.equation("4.23")
def test_singular_covariance_has_no_maximum(rng):
    x = np.outer(rng.normal(size=5), [1.0, 2.0, -1.0]) + rng.normal(size=3)
    x[:, 2] += rng.normal(size=5)
    q = rng.dirichlet(np.ones(5))
    mean = q @ x
    sigma = scatter(x, q, mean)
    eigenvalues = np.linalg.eigvalsh(sigma)
    assert eigenvalues[0] < 1e-12 < eigenvalues[1]
    eigenvalues[0] = 0.0
    heights = []
    for epsilon in (1e-1, 1e-3, 1e-5, 1e-7):
        direct = q @ log_normal(x, mean, sigma + epsilon * np.eye(3))
        stated = -0.5 * (
            3 * np.log(2 * np.pi)
            + np.log(eigenvalues + epsilon).sum()
            + (eigenvalues / (eigenvalues + epsilon)).sum()
        )
        assert direct == pytest.approx(stated, rel=1e-6)
        heights.append(direct)
    np.testing.assert_allclose(np.diff(heights)[-1], 0.5 * np.log(100), rtol=1e-3)


@pytest.mark.equation("4.24")
def test_gradient_in_the_means(soft):
    x, r, model = soft
    numeric = slopes(lambda at: objective(x, r, model.weights, at, model.covariances), model.means)
    for k, shares in enumerate(r.T):
        stated = np.linalg.inv(model.covariances[k]) @ (shares @ (x - model.means[k]))
        np.testing.assert_allclose(numeric[k], stated, rtol=1e-6, atol=1e-7)


@pytest.mark.equation("4.25")
@pytest.mark.parametrize("d", [2, 3])
def test_matrix_derivatives(rng, d):
    sigma = sp.Matrix(d, d, sp.symbols(f"s:{d}:{d}"))
    other = sp.Matrix(d, d, [sp.Rational(int(v), 7) for v in rng.integers(-9, 9, d * d)])
    at = rng.integers(-5, 6, (d, d)) + 6 * np.eye(d, dtype=int)
    values = dict(zip(sigma, (sp.Integer(int(v)) for v in at.ravel()), strict=True))
    inverse = sigma.subs(values).inv()
    trace = (sigma.adjugate() * other).trace() / sigma.det()
    for i, j in itertools.product(range(d), repeat=2):
        of_log_det = sp.diff(sigma.det(), sigma[i, j]) / sigma.det()
        assert of_log_det.subs(values) == inverse.T[i, j]
        of_trace = sp.diff(trace, sigma[i, j]).subs(values)
        assert sp.simplify(of_trace + (inverse * other * inverse).T[i, j]) == 0


@pytest.mark.equation("4.26")
def test_gradient_in_the_covariances(soft):
    x, r, model = soft
    for k, shares in enumerate(r.T):
        squares = scatter(x, shares, model.means[k])

        def height(sigma, k=k, shares=shares):
            deviations = x - model.means[k]
            inverse = np.linalg.inv(sigma)
            distances = np.einsum("ni,ij,nj->n", deviations, inverse, deviations)
            return -0.5 * shares @ (np.log(np.linalg.det(sigma)) + distances)

        precision = np.linalg.inv(model.covariances[k])
        stated = 0.5 * precision @ (squares - shares.sum() * model.covariances[k]) @ precision
        numeric = slopes(height, np.array(model.covariances[k]))
        np.testing.assert_allclose(numeric, stated, rtol=1e-5, atol=1e-6)


@pytest.mark.equation("4.27")
def test_term_is_not_concave_in_the_variance():
    c, s, v = sp.symbols("c S v", positive=True)
    second = sp.diff(-(c * sp.log(v) + s / v) / 2, v, 2)
    assert sp.simplify(second - (c / (2 * v**2) - s / v**3)) == 0
    assert sp.solve(sp.Eq(second, 0), v) == [2 * s / c]
    assert second.subs(v, 3 * s / c).is_positive
    assert second.subs(v, s / c).is_negative


@pytest.mark.equation("4.28")
@pytest.mark.parametrize("d", [1, 2, 3])
def test_log_determinant_against_trace(rng, d):
    count, squares = rng.uniform(0.5, 9), covariance(rng, d)

    def height(sigma):
        return -0.5 * (
            count * np.log(np.linalg.det(sigma)) + np.trace(np.linalg.inv(sigma) @ squares)
        )

    top = height(squares / count)
    for size in (1e-2, 0.3, 2.0):
        root = np.linalg.cholesky(squares / count) @ (np.eye(d) + size * rng.normal(size=(d, d)))
        assert height(root @ root.T) < top
    size = d * (d + 1) // 2
    best = from_free(climb(lambda free: height(from_free(free, d)), 0.1 * np.arange(size)), d)
    np.testing.assert_allclose(best, squares / count, rtol=1e-4, atol=1e-5)


@pytest.mark.equation("4.29")
def test_tied_covariance_maximises(rng, soft):
    x, r, model = soft
    for means in (formulas(x, r)[1], model.means + rng.normal(size=(3, 2))):
        stated = sum(scatter(x, r[:, k], means[k]) for k in range(3)) / 14

        def height(free, means=means):
            sigma = from_free(free, 2)
            return sum(r[:, k] @ log_normal(x, means[k], sigma) for k in range(3))

        best = from_free(climb(height, np.array([0.1, 0.2, 0.3])), 2)
        np.testing.assert_allclose(best, stated, rtol=1e-4, atol=1e-5)
    _, means, outside = _estimate_gaussian_parameters(x, r, 0.0, "tied")
    stated = sum(scatter(x, r[:, k], means[k]) for k in range(3)) / 14
    np.testing.assert_allclose(stated, outside, rtol=1e-9, atol=1e-12)


@pytest.mark.equation("4.30")
@pytest.mark.equation("4.31")
def test_diagonal_and_spherical_covariances_maximise(soft):
    x, r, _ = soft
    counts, means, _ = _estimate_gaussian_parameters(x, r, 0.0, "full")
    _, _, outside_diagonal = _estimate_gaussian_parameters(x, r, 0.0, "diag")
    _, _, outside_spherical = _estimate_gaussian_parameters(x, r, 0.0, "spherical")
    for k, shares in enumerate(r.T):
        variances = [shares @ (x[:, j] - means[k, j]) ** 2 / counts[k] for j in (0, 1)]
        variance = shares @ ((x - means[k]) ** 2).sum(axis=1) / (2 * counts[k])

        def height(free, k=k, shares=shares):
            return shares @ log_normal(x, means[k], np.diag(np.exp(free) * np.ones(2)))

        diagonal = np.exp(climb(height, np.array([0.3, -0.2])))
        np.testing.assert_allclose(diagonal, variances, rtol=1e-5)
        spherical = np.exp(climb(height, np.array([0.3])))
        np.testing.assert_allclose(spherical, [variance], rtol=1e-5)
        np.testing.assert_allclose(variances, outside_diagonal[k], rtol=1e-9)
        assert variance == pytest.approx(outside_spherical[k], rel=1e-9)


@pytest.mark.equation("4.32")
@pytest.mark.parametrize("d", [1, 2, 4])
def test_inverse_wishart_density(rng, d):
    psi, nu = covariance(rng, d), d - 1 + rng.uniform(0.5, 5)
    constants = []
    for _ in range(5):
        sigma = covariance(rng, d)
        stated = -0.5 * (
            (nu + d + 1) * np.log(np.linalg.det(sigma)) + np.trace(psi @ np.linalg.inv(sigma))
        )
        constants.append(stats.invwishart.logpdf(sigma, df=nu, scale=psi) - stated)
    np.testing.assert_allclose(constants, constants[0], rtol=1e-9)


@pytest.mark.equation("4.33")
def test_prior_joins_the_term(rng, soft):
    x, r, model = soft
    psi, nu, shares, mean = covariance(rng, 2), 3.4, r[:, 2], model.means[2]
    squares, constants = scatter(x, shares, mean), []
    for _ in range(6):
        sigma = covariance(rng, 2)
        direct = shares @ log_normal(x, mean, sigma)
        direct += stats.invwishart.logpdf(sigma, df=nu, scale=psi)
        stated = -0.5 * (
            (shares.sum() + nu + 3) * np.log(np.linalg.det(sigma))
            + np.trace(np.linalg.inv(sigma) @ (psi + squares))
        )
        constants.append(direct - stated)
    np.testing.assert_allclose(constants, constants[0], rtol=1e-9)


@pytest.mark.equation("4.34")
@pytest.mark.parametrize("cases", [0, 1, 14])
def test_map_covariance_is_the_mode(rng, soft, cases):
    x, r, model = soft
    psi, nu, shares, mean = covariance(rng, 2), 2.7, r[:cases, 0], model.means[0]
    stated = (psi + scatter(x[:cases], shares, mean)) / (shares.sum() + nu + 3)

    def height(free):
        sigma = from_free(free, 2)
        prior = stats.invwishart.logpdf(sigma, df=nu, scale=psi)
        return prior + (shares @ log_normal(x[:cases], mean, sigma) if cases else 0.0)

    best = from_free(climb(height, np.array([0.1, 0.2, 0.3])), 2)
    np.testing.assert_allclose(best, stated, rtol=1e-4, atol=1e-5)


@pytest.mark.equation("4.18")
@pytest.mark.equation("4.34")
def test_mean_is_best_whatever_the_covariance(rng, soft):
    x, r, _ = soft
    mean = formulas(x, r)[1][1]
    for _ in range(20):
        other, precision = mean + rng.normal(size=2), np.linalg.inv(covariance(rng, 2))
        gap = scatter(x, r[:, 1], other) - scatter(x, r[:, 1], mean)
        assert np.linalg.eigvalsh(gap).min() > -1e-12
        added = r[:, 1].sum() * (mean - other) @ precision @ (mean - other)
        assert np.trace(precision @ gap) == pytest.approx(added, rel=1e-9)
        assert added > 0


@pytest.mark.equation("4.35")
def test_map_covariance_is_a_weighted_average(rng, soft):
    x, r, model = soft
    psi, nu = covariance(rng, 2), 4.2
    for k, shares in enumerate(r.T):
        count, squares = shares.sum(), scatter(x, shares, model.means[k])
        w = count / (count + nu + 3)
        average = w * squares / count + (1 - w) * psi / (nu + 3)
        np.testing.assert_allclose(average, (psi + squares) / (count + nu + 3), rtol=1e-12)
        assert 0 < w < 1
