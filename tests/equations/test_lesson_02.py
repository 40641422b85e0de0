"""The numbered equations of lesson 2, each side computed its own way."""

import itertools

import mpmath
import numpy as np
import pytest
import sympy as sp
from scipy import integrate, optimize, special, stats
from sklearn.mixture import GaussianMixture as Outsider

from em_helpers import GaussianMixture, log_likelihood, log_sum_exp
from em_helpers.checks import simulated
from em_helpers.datasets import faithful

DEFINITIONS = {
    "2.4": "the Kullback-Leibler divergence",
    "2.16": "an exponential family, its natural parameter and its log-partition",
}

PUBLISHED = [0.36085, 0.63915], [[54.61364], [80.09031]], [[[5.86909**2]]] * 2
"""Old Faithful's waiting times with one variance, log-likelihood -1034.002 (mixtools, 2009)."""


@pytest.fixture
def rng():
    return np.random.default_rng(2)


@pytest.fixture
def waiting():
    return faithful()[:, 1]


def joint(x, weights, means, covariances):
    """p(x, z_k) by scipy, (n, K)."""
    return np.column_stack(
        [
            weight * np.atleast_1d(stats.multivariate_normal.pdf(x, mean, covariance))
            for weight, mean, covariance in zip(weights, means, covariances, strict=True)
        ]
    )


def log_p(x, weights, means, covariances):
    """log p(D) by scipy, for points near the components."""
    return np.log(joint(x, weights, means, covariances).sum(axis=1)).sum()


def two_means(u, v, x, deviation=1.0):
    """The log-likelihood ℓ(u, v) of two components of weight ½, d = 1."""
    pair = np.stack([stats.norm.logpdf(x, mean, deviation) for mean in (u, v)])
    return (special.logsumexp(pair, axis=0) - np.log(2)).sum()


def hessian(f, at, step=1e-3):
    """Central second differences of a scalar function of a vector."""
    size = len(at)
    result, unit = np.empty((size, size)), step * np.eye(size)
    for i, j in itertools.product(range(size), repeat=2):
        result[i, j] = sum(
            s * t * f(at + s * unit[i] + t * unit[j]) for s in (1, -1) for t in (1, -1)
        )
    return result / (4 * step**2)


def divergence(p, q):
    return sum(a * np.log(a / b) for a, b in zip(p, q, strict=True) if a > 0)


@pytest.mark.equation("2.1")
def test_the_sum_over_labellings_folds_into_a_product_of_sums():
    x, model = simulated.mixture(np.random.default_rng(201), 5, 2, 3)
    p = joint(x, *model.theta)
    labellings = itertools.product(range(3), repeat=5)
    total = sum(p[np.arange(5), list(z)].prod() for z in labellings)
    assert p.sum(axis=1).prod() == pytest.approx(total, rel=1e-12)


@pytest.mark.equation("2.2")
def test_the_log_likelihood_against_an_outsider():
    for x, model in simulated.mixtures(202):
        outsider = Outsider(model.weights.size)
        outsider.weights_, outsider.means_ = model.weights, model.means
        outsider.precisions_cholesky_ = np.linalg.inv(
            np.linalg.cholesky(model.covariances)
        ).transpose(0, 2, 1)
        assert log_likelihood(model, x) == pytest.approx(outsider.score_samples(x).sum(), rel=1e-9)


@pytest.mark.equation("2.2")
def test_the_published_log_likelihood_of_old_faithful(waiting):
    assert log_likelihood(GaussianMixture(*PUBLISHED), waiting[:, None]) == pytest.approx(
        -1034.002, abs=5e-4
    )


@pytest.mark.equation("2.3")
def test_units_shift_the_log_likelihood(rng):
    x, model = simulated.mixture(rng, 7, 3, 2)
    A, b = rng.normal(size=(3, 3)), rng.normal(size=3)
    y = x @ A.T + b
    moved = model.weights, model.means @ A.T + b, A @ model.covariances @ A.T
    shift = 7 * np.log(np.abs(np.linalg.det(A)))
    assert abs(shift) > 0.1
    assert log_p(y, *moved) == pytest.approx(log_p(x, *model.theta) - shift, rel=1e-9)


@pytest.mark.equation("2.5")
def test_the_divergence_is_positive_but_for_equal_distributions(rng):
    for size in (2, 3, 7):
        for _ in range(50):
            p, q = rng.dirichlet(np.full(size, 0.7), 2)
            assert divergence(p, q) > 0
            assert divergence(p, p) == 0
            near = p + 1e-3 * (q - p)
            assert 0 < divergence(p, near) < divergence(p, q)
    partly = np.array([0.3, 0.7, 0.0])
    assert divergence(partly, [0.2, 0.5, 0.3]) > 0


@pytest.mark.equation("2.5")
def test_the_divergence_of_densities_is_positive(rng):
    for _ in range(5):
        (m, s), (c, t) = rng.uniform(0.3, 2.0, (2, 2))
        p, q = stats.norm(m, s), stats.norm(c, t)
        by_integral = integrate.quad(
            lambda u, p=p, q=q: p.pdf(u) * (p.logpdf(u) - q.logpdf(u)), m - 9 * s, m + 9 * s
        )[0]
        closed = np.log(t / s) + (s**2 + (m - c) ** 2) / (2 * t**2) - 0.5
        assert by_integral == pytest.approx(closed, abs=1e-7)
        assert by_integral > 0


@pytest.mark.equation("2.6")
def test_the_likelihood_of_probabilities_is_minus_entropy_and_divergence(rng):
    model = 0.35 * stats.binom.pmf(np.arange(7), 6, 0.3) + 0.65 * stats.binom.pmf(
        np.arange(7), 6, 0.8
    )
    rows = rng.choice([0, 1, 3, 4, 6], p=[0.1, 0.2, 0.3, 0.25, 0.15], size=40)
    shares = np.bincount(rows, minlength=7) / 40
    directly = sum(np.log(model[row]) for row in rows) / 40
    assert directly == pytest.approx(-stats.entropy(shares) - divergence(shares, model), rel=1e-12)
    assert divergence(shares, model) > 0.05


@pytest.mark.equation("2.7")
def test_the_probability_of_a_record_is_an_integral():
    weights, means, deviations = [0.3, 0.7], np.array([1.2, 4.1]), np.array([0.6, 1.9])

    def density(u):
        return weights @ stats.norm.pdf(u, means, deviations)

    for x in (-2, 1, 2, 5):
        above, below = (special.ndtr((x + h - means) / deviations) for h in (0.5, -0.5))
        by_integral = integrate.quad(density, x - 0.5, x + 0.5)[0]
        assert weights @ (above - below) == pytest.approx(by_integral, rel=1e-9)
        assert abs(by_integral - density(x)) > 1e-3 * by_integral


@pytest.mark.equation("2.8")
def test_the_expected_log_density_of_a_gaussian_under_another():
    m, s, c, t = 0.4, 1.3, -0.7, 2.1
    expected = integrate.quad(
        lambda u: stats.norm.pdf(u, m, s) * stats.norm.logpdf(u, c, t), m - 10 * s, m + 10 * s
    )[0]
    h = 0.5 * np.log(2 * np.pi * np.e * s**2)
    kl = np.log(t / s) + (s**2 + (m - c) ** 2) / (2 * t**2) - 0.5
    assert expected == pytest.approx(-h - kl, abs=1e-8)


@pytest.mark.equation("2.8")
def test_average_log_likelihoods_of_mixtures_tend_to_it(waiting):
    truth = GaussianMixture(*PUBLISHED)
    rival = GaussianMixture([0.7, 0.3], [[64.0], [84.0]], [[[90.0]], [[30.0]]])
    u = np.linspace(0, 140, 28001)
    f, g = (joint(u, *model.theta).sum(axis=1) for model in (truth, rival))
    h = -integrate.simpson(f * np.log(f), x=u)
    kl = integrate.simpson(f * np.log(f / g), x=u)
    x, _ = truth.sample(np.random.default_rng(28), 200_000)
    values = np.log(joint(x, *rival.theta).sum(axis=1))
    assert abs(values.mean() - (-h - kl)) < 5 * values.std() / np.sqrt(len(x))
    assert kl > 0.1


@pytest.mark.equation("2.9")
def test_log_sum_exp_where_floats_overflow_and_vanish(rng):
    for offset in (0.0, 2000.0, -3e4, 1e8):
        a = offset + rng.normal(0, 3, 5)
        with mpmath.workdps(60):
            exact = float(mpmath.log(sum(mpmath.exp(mpmath.mpf(float(each))) for each in a)))
        m = a.max()
        assert m + np.log(np.exp(a - m).sum()) == pytest.approx(exact, rel=1e-14)
        assert float(log_sum_exp(a, axis=0)) == pytest.approx(exact, rel=1e-14)


@pytest.mark.equation("2.9")
def test_log_sum_exp_takes_zeros():
    some = np.array([[-np.inf, 0.3, -np.inf], [-np.inf] * 3])
    np.testing.assert_array_equal(log_sum_exp(some, axis=1), [0.3, -np.inf])


@pytest.mark.equation("2.10")
def test_log_sum_exp_lies_between_its_bounds(rng):
    for size in (1, 2, 5, 30):
        for spread in (0.0, 0.1, 2.0, 300.0):
            a = 7 + spread * rng.normal(size=size)
            with mpmath.workdps(60):
                total = sum(mpmath.exp(mpmath.mpf(float(each))) for each in a)
                value, top = mpmath.log(total), mpmath.mpf(float(a.max()))
                slack = mpmath.mpf(10) ** -50
                assert top - slack <= value <= top + mpmath.log(size) + slack
    equal = np.full(4, -2.5)
    assert special.logsumexp(equal) == pytest.approx(-2.5 + np.log(4))


A1, A2, A3 = A = sp.symbols("a1:4", real=True)
LOG_SUM = sp.log(sum(map(sp.exp, A)))
SHARES = [sp.exp(a) / sum(map(sp.exp, A)) for a in A]


@pytest.mark.equation("2.11")
def test_the_gradient_of_log_sum_exp_is_the_shares():
    for a, share in zip(A, SHARES, strict=True):
        assert sp.simplify(sp.diff(LOG_SUM, a) - share) == 0


@pytest.mark.equation("2.12")
def test_the_second_derivatives_of_log_sum_exp():
    for j, k in itertools.product(range(3), repeat=2):
        claimed = SHARES[k] * (int(j == k) - SHARES[j])
        assert sp.simplify(sp.diff(LOG_SUM, A[j], A[k]) - claimed) == 0


@pytest.mark.equation("2.13")
@pytest.mark.equation("2.14")
def test_gradient_and_hessian_of_any_log_sum_exp():
    s, t = sp.symbols("s t", real=True)
    a = [s**2 * t - t, sp.sin(s) + 3 * t, s * t**3]
    value = sp.log(sum(map(sp.exp, a)))
    p = [sp.exp(each) / sum(map(sp.exp, a)) for each in a]
    at = {s: sp.Rational(3, 10), t: sp.Rational(-7, 10)}
    gradients = [sp.Matrix([each]).jacobian([s, t]).T for each in a]
    mean = sum((r * g for r, g in zip(p, gradients, strict=True)), sp.zeros(2, 1))
    covariance = sum((r * g * g.T for r, g in zip(p, gradients, strict=True)), sp.zeros(2))
    covariance -= mean * mean.T
    curvature = sp.zeros(2)
    for share, each in zip(p, a, strict=True):
        curvature += share * sp.hessian(each, (s, t))
    exact_gradient = sp.Matrix([value]).jacobian([s, t]).T
    exact = sp.hessian(value, (s, t))

    def largest(matrix):
        return np.abs(np.array(matrix.subs(at).evalf(30), float)).max()

    assert largest(exact_gradient - mean) < 1e-20
    assert largest(exact - curvature - covariance) < 1e-20
    assert largest(covariance) > 0.1


@pytest.mark.equation("2.13")
@pytest.mark.equation("2.14")
def test_gradient_and_hessian_of_a_gaussian_mixture_in_its_means(rng):
    x, model = simulated.mixture(rng, 6, 2, 3)
    p = joint(x, *model.theta)
    r = p / p.sum(axis=1, keepdims=True)
    assert r.max(axis=1).min() < 0.95
    inverses = np.linalg.inv(model.covariances)
    slopes = np.zeros((6, 3, 3, 2))
    for k in range(3):
        slopes[:, k, k] = (x - model.means[k]) @ inverses[k]
    slopes = slopes.reshape(6, 3, 6)
    gradient = np.einsum("nk,nki->i", r, slopes)
    mean = np.einsum("nk,nki->ni", r, slopes)
    covariance = np.einsum("nk,nki,nkj->ij", r, slopes, slopes) - mean.T @ mean
    curvature = np.zeros((6, 6))
    for k in range(3):
        curvature[2 * k : 2 * k + 2, 2 * k : 2 * k + 2] = -r[:, k].sum() * inverses[k]

    def at(vector):
        return log_p(x, model.weights, vector.reshape(3, 2), model.covariances)

    here = model.means.ravel()
    differences = optimize.approx_fprime(here, at, 1e-7)
    np.testing.assert_allclose(gradient, differences, atol=1e-5 * np.abs(gradient).max())
    by_differences = hessian(at, here)
    off = np.abs(curvature + covariance - by_differences).max()
    assert off < 1e-4 * np.abs(by_differences).max()
    assert np.linalg.eigvalsh(covariance).min() > -1e-12


@pytest.mark.equation("2.15")
def test_parameters_of_two_components_are_coupled_by_the_shares():
    t = sp.symbols("t1:4", real=True)
    a = [sp.Function(f"a{k}")(each) for k, each in enumerate(t)]
    value = sp.log(sum(map(sp.exp, a)))
    p = [sp.exp(each) / sum(map(sp.exp, a)) for each in a]
    for j, k in itertools.permutations(range(3), 2):
        claimed = -p[j] * p[k] * sp.diff(a[j], t[j]) * sp.diff(a[k], t[k])
        assert sp.simplify(sp.diff(value, t[j], t[k]) - claimed) == 0


@pytest.mark.equation("2.15")
def test_the_coupling_of_two_means_on_real_data(waiting):
    def at(means):
        return two_means(*means, waiting, 6.0)

    mixed = hessian(at, np.array([60.0, 75.0]), 1e-2)[0, 1]
    p = stats.norm.pdf(waiting[:, None], [60.0, 75.0], 6.0)
    r = p / p.sum(axis=1, keepdims=True)
    slopes = (waiting[:, None] - [60.0, 75.0]) / 36
    assert mixed == pytest.approx(-(r * slopes).prod(axis=1).sum(), rel=1e-3)
    assert abs(mixed) > 0.1


@pytest.fixture
def finite_family(rng):
    """T of six outcomes in two dimensions, their h, and η as symbols."""
    T = sp.Matrix(6, 2, [sp.Rational(int(v), 4) for v in rng.integers(-6, 7, 12)])
    h = [sp.Rational(int(v), 3) for v in rng.integers(1, 9, 6)]
    eta = sp.Matrix(sp.symbols("eta1:3", real=True))
    masses = [h[i] * sp.exp((T[i, :] * eta)[0]) for i in range(6)]
    at = dict(zip(eta, (sp.Rational(3, 10), sp.Rational(-2, 5)), strict=True))
    probabilities = np.array([float((m / sum(masses)).subs(at)) for m in masses])
    return np.array(T, float), sp.log(sum(masses)), eta, at, probabilities


@pytest.mark.equation("2.17")
@pytest.mark.equation("2.18")
def test_the_log_partition_of_a_finite_family(finite_family):
    T, A_eta, eta, at, p = finite_family
    gradient = np.array([float(sp.diff(A_eta, each).subs(at)) for each in eta])
    np.testing.assert_allclose(gradient, p @ T, rtol=1e-10)
    second = np.array(sp.hessian(A_eta, list(eta)).subs(at).evalf(), float)
    np.testing.assert_allclose(second, np.cov(T.T, aweights=p, ddof=0), rtol=1e-9)


@pytest.mark.equation("2.17")
@pytest.mark.equation("2.18")
def test_the_log_partition_of_the_gaussian():
    e1, e2, m, x = sp.symbols("eta1 eta2 mu x", real=True)
    s, precision = sp.symbols("sigma tau", positive=True)
    total = sp.integrate(sp.exp(e1 * x - precision * x**2 / 2), (x, -sp.oo, sp.oo))
    A_eta = -(e1**2) / (4 * e2) + sp.log(sp.pi / -e2) / 2
    assert sp.simplify(sp.log(total) - A_eta.subs(e2, -precision / 2)) == 0
    there = {e1: m / s**2, e2: -1 / (2 * s**2)}
    moments = [m, m**2 + s**2]
    covariance = [[s**2, 2 * m * s**2], [2 * m * s**2, 4 * m**2 * s**2 + 2 * s**4]]
    for i, first in enumerate((e1, e2)):
        assert sp.simplify(sp.diff(A_eta, first).subs(there) - moments[i]) == 0
        for j, second in enumerate((e1, e2)):
            assert sp.simplify(sp.diff(A_eta, first, second).subs(there) - covariance[i][j]) == 0


@pytest.mark.equation("2.19")
def test_the_log_likelihood_of_one_family_is_concave(finite_family, rng):
    T, A_eta, eta, at, p = finite_family
    rows = rng.integers(0, 6, 9)
    numbers = sp.Matrix([sum(T[rows, i]) for i in range(2)])
    value = (numbers.T * eta)[0] - 9 * A_eta
    found = np.array(sp.hessian(value, list(eta)).subs(at).evalf(), float)
    np.testing.assert_allclose(found, -9 * np.cov(T.T, aweights=p, ddof=0), rtol=1e-9)
    assert np.linalg.eigvalsh(found).max() < 0
    level = sp.lambdify(list(eta), value)
    for _ in range(100):
        a, b = rng.normal(0, 2, (2, 2))
        assert level(*(a + b) / 2) >= (level(*a) + level(*b)) / 2 - 1e-9


@pytest.mark.equation("2.20")
def test_one_gaussian_is_not_concave_in_its_standard_deviation():
    x, m = sp.symbols("x mu", real=True)
    s = sp.symbols("sigma", positive=True)
    density = sp.exp(-((x - m) ** 2) / (2 * s**2)) / (s * sp.sqrt(2 * sp.pi))
    second = sp.diff(sp.log(density), s, 2)
    assert sp.simplify(second - (1 / s**2 - 3 * (x - m) ** 2 / s**4)) == 0
    changes = second.subs({x: m + 2})
    assert sp.simplify(changes.subs(s, 2 * sp.sqrt(3))) == 0
    assert changes.subs(s, 3) < 0 < changes.subs(s, 4)


@pytest.mark.equation("2.21")
def test_labels_are_names(rng):
    x, model = simulated.mixture(rng, 6, 2, 3)
    p = joint(x, *model.theta).sum(axis=1)
    values = set()
    for order in map(list, itertools.permutations(range(3))):
        theta = [part[order] for part in model.theta]
        np.testing.assert_allclose(joint(x, *theta).sum(axis=1), p, rtol=1e-12)
        values.add(tuple(theta[1].ravel()))
    assert len(values) == 6
    wrong = joint(x, model.weights, model.means[[1, 0, 2]], model.covariances).sum(axis=1)
    assert np.abs(wrong - p).max() > 1e-3 * p.max()


@pytest.mark.equation("2.22")
def test_what_concavity_would_demand_of_swapped_labels(waiting):
    u, v = 55.0, 80.5
    assert two_means(u, v, waiting, 6.0) == pytest.approx(two_means(v, u, waiting, 6.0))
    middle = two_means((u + v) / 2, (u + v) / 2, waiting, 6.0)
    assert middle < two_means(u, v, waiting, 6.0) - 400
    tight = np.array([-0.1, 0.02, 0.09])
    assert two_means(0.0, 0.0, tight) > two_means(-0.1, 0.1, tight)


@pytest.mark.parametrize("scale", [0.0, 1e-3, 1.0, 40.0])
def test_the_midpoint_of_the_model_answer_lies_low_for_any_data(rng, scale):
    x = 3 + scale * rng.gamma(1.2, 1.0, 15)
    for t in (1.2, 2.0, 6.0):
        near, far = x.mean(), x.mean() + 2 * t
        below = two_means(near, far, x) - two_means((near + far) / 2, (near + far) / 2, x)
        assert below >= 15 * (t**2 / 2 - np.log(2)) - 1e-9
        assert below > 0


@pytest.mark.equation("2.23")
def test_the_curvatures_on_the_diagonal(waiting, rng):
    for x, m, deviation in (
        (waiting, waiting.mean(), 6.0), (waiting, 58.0, 14.0), (rng.normal(2, 0.1, 8), 2.1, 0.5)
    ):  # fmt: skip
        second = hessian(lambda means, x=x, s=deviation: two_means(*means, x, s), np.array([m, m]))
        along, across = np.array([1, 1]) / np.sqrt(2), np.array([1, -1]) / np.sqrt(2)
        n, variance = len(x), deviation**2
        assert along @ second @ along == pytest.approx(-n / (2 * variance), rel=1e-4)
        claimed = np.sum((x - m) ** 2 / variance - 1) / (2 * variance)
        assert across @ second @ across == pytest.approx(claimed, rel=1e-4)


@pytest.mark.equation("2.24")
def test_the_log_likelihood_is_concave_in_the_weights(rng):
    x, model = simulated.mixture(rng, 20, 2, 4)
    for _ in range(200):
        first, second = rng.dirichlet(np.full(4, 0.6), 2)
        alpha = rng.uniform()
        between = (1 - alpha) * first + alpha * second
        ends = [log_p(x, w, model.means, model.covariances) for w in (first, second)]
        chord = (1 - alpha) * ends[0] + alpha * ends[1]
        assert log_p(x, between, model.means, model.covariances) > chord


@pytest.mark.equation("2.25")
def test_the_widest_gaussian_wins_far_out():
    x, m, c = sp.symbols("x m c", real=True)
    narrow, wide = sp.Rational(3, 2), sp.Integer(2)

    def log_ratio(mean, deviation, other_mean, other):
        return (
            sp.log(other / deviation)
            - (x - mean) ** 2 / (2 * deviation**2)
            + (x - other_mean) ** 2 / (2 * other**2)
        )

    assert sp.limit(log_ratio(5, narrow, -3, wide), x, sp.oo) == -sp.oo
    assert sp.limit(log_ratio(-3, wide, 5, wide), x, sp.oo) == -sp.oo
    expanded = sp.Poly(sp.expand(log_ratio(m, wide, c, wide)), x)
    assert sp.simplify(expanded.coeff_monomial(x) - (m - c) / wide**2) == 0


@pytest.mark.equation("2.25")
def test_different_gaussians_are_independent_functions(rng):
    mean, others = rng.normal(size=2), rng.normal(size=(2, 2))
    _, model = simulated.mixture(rng, 1, 2, 3)
    first, second, third = model.covariances
    components = [(mean, first), (mean, second), (others[0], first), (others[1], third)]
    x = rng.normal(0, 2, (400, 2))

    def values(pairs):
        columns = np.column_stack([stats.multivariate_normal.pdf(x, *pair) for pair in pairs])
        return np.linalg.svd(columns / np.linalg.norm(columns, axis=0), compute_uv=False)

    assert values(components)[-1] > 1e-3
    assert values([*components, components[1]])[-1] < 1e-12


@pytest.mark.equation("2.26")
@pytest.mark.parametrize("copies", [1, 3])
@pytest.mark.parametrize(("n", "d"), [(1, 1), (6, 1), (5, 3)])
def test_a_spike_has_no_bound(rng, n, d, copies):
    x = np.repeat(rng.normal(2, 3, (n, d)), copies, axis=0)
    mean = x.mean(axis=0)
    for s in (0.7, np.sqrt(1 + ((x - mean) ** 2).mean())):
        wide = stats.multivariate_normal(mean, s**2 * np.eye(d))
        l0 = np.sum(np.log(0.5) + wide.logpdf(x))
        for log_ratio in (-1.0, 0.0, 5.0, 300.0):
            e = s * np.exp(-log_ratio)
            narrow = -d / 2 * np.log(2 * np.pi * e**2) - ((x - x[0]) ** 2).sum(axis=1) / (2 * e**2)
            both = np.logaddexp(narrow, wide.logpdf(x)) + np.log(0.5)
            assert both.sum() >= l0 + d * log_ratio - 1e-9
            by_reference = GaussianMixture(
                [0.5, 0.5], [x[0], mean], [e**2 * np.eye(d), s**2 * np.eye(d)]
            )
            assert log_likelihood(by_reference, x) == pytest.approx(both.sum(), rel=1e-9)
        away = ((x[0] - mean) ** 2).sum() / (2 * s**2)
        assert both.sum() == pytest.approx(l0 + copies * (d * log_ratio + away), rel=1e-9)


@pytest.mark.equation("2.27")
@pytest.mark.parametrize(("components", "d"), [(1, 1), (2, 1), (2, 2), (3, 2)])
def test_a_shared_variance_bounds_the_likelihood(rng, components, d):
    x = rng.normal(1, 2, (6, d))
    x[1] = x[0]
    labellings = (np.array(z) for z in itertools.product(range(components), repeat=6))
    smallest = min(
        sum(((x[z == k] - x[z == k].mean(axis=0)) ** 2).sum() for k in set(z.tolist()))
        for z in labellings
    )
    assert smallest > 0
    bound = -6 * d / 2 * (1 + np.log(2 * np.pi * smallest / (6 * d)))

    def level(means, deviation, weights):
        squares = ((x[:, None] - means) ** 2).sum(axis=2) / deviation**2
        a = np.log(weights) - d / 2 * np.log(2 * np.pi * deviation**2) - squares / 2
        return special.logsumexp(a, axis=1).sum()

    def vector(v):
        logits, means = v[1 : 1 + components], v[1 + components :].reshape(components, d)
        return -level(means, np.exp(v[0]), special.softmax(logits))

    best = max(
        -optimize.minimize(vector, rng.normal(0, 1, 1 + components * (1 + d))).fun
        for _ in range(12)
    )
    assert best <= bound + 1e-6
    if components == 1:
        assert best == pytest.approx(bound, abs=1e-5)
    else:
        assert bound - best < 6 * np.log(components) + 1e-6


@pytest.mark.equation("2.28")
def test_recorded_data_have_a_bounded_likelihood(waiting, rng):
    _, counts = np.unique(waiting, return_counts=True)
    bound = -len(waiting) * stats.entropy(counts / len(waiting))
    assert bound == pytest.approx(-1009.7, abs=0.05)

    def recorded(weights, means, deviations):
        above, below = (
            special.ndtr((waiting[:, None] + h - means) / deviations) for h in (0.5, -0.5)
        )
        return np.log((above - below) @ weights).sum()

    for _ in range(50):
        weights = rng.dirichlet([1, 1, 1])
        means = rng.choice(waiting, 3)
        deviations = np.array([14.0, rng.uniform(0.3, 9), 10.0 ** rng.uniform(-9, 1)])
        assert recorded(weights, means, deviations) <= bound
    spiked = [recorded([0.05, 0.95], [78.0, 71.0], [e, 13.6]) for e in (1e-3, 1e-12)]
    assert spiked[0] == pytest.approx(spiked[1], rel=1e-12)
