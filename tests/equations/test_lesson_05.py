"""The numbered equations of lesson 5, each side computed its own way."""

import itertools

import numpy as np
import pytest
import sympy as sp
from scipy import optimize, stats

from em_helpers import GaussianMixture, fit, initialization
from em_helpers.checks import simulated
from em_helpers.datasets import faithful, galaxies
from em_helpers.models import TiedGaussianMixture

DEFINITIONS = {
    "5.1": "the EM map, and the objective of its M-step",
    "5.3": "the trace",
    "5.7": "the stopping rule",
    "5.13": "the squared distance to the nearest centre",
    "5.24": "gradient ascent on the means",
}


@pytest.fixture
def rng():
    return np.random.default_rng(5)


@pytest.fixture
def mixture(rng):
    """Thirty points in two dimensions and three components that overlap."""
    return simulated.overlapping(rng, 30, 2, 3)


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


def expected(x, r, theta):
    """𝒬(θ | θ_t), r being the posterior at θ_t."""
    return (r * np.log(joint(x, theta))).sum()


def scatter(x, weights, centre):
    return sum(w * np.outer(row - centre, row - centre) for w, row in zip(weights, x, strict=True))


def step(x, theta):
    """One iteration by the formulas (5.2), row by row."""
    r = posterior(x, theta)
    counts = r.sum(axis=0)
    means = np.array([sum(w * row for w, row in zip(q, x, strict=True)) / q.sum() for q in r.T])
    covariances = [scatter(x, q, m) / q.sum() for q, m in zip(r.T, means, strict=True)]
    return counts / len(x), means, np.array(covariances)


def divergence(p, q):
    return (p * np.log(p / q)).sum()


def gradient(f, at, width=1e-5):
    """Central differences of a scalar function of an array."""
    result = np.empty_like(at)
    for place in np.ndindex(at.shape):
        ahead, behind = at.copy(), at.copy()
        ahead[place] += width
        behind[place] -= width
        result[place] = (f(ahead) - f(behind)) / (2 * width)
    return result


def other_parameters(rng, theta):
    weights, means, covariances = theta
    return (
        rng.dirichlet(np.ones(len(weights))),
        means + rng.normal(size=means.shape),
        (covariances * rng.uniform(0.5, 2, (len(weights), 1, 1))),
    )


def from_centres(x, centres):
    """Equal weights, and the covariance of all data for each component."""
    components, spread = len(centres), np.cov(x.T, bias=True).reshape(x.shape[1], -1)
    weights = np.full(components, 1 / components)
    return GaussianMixture(weights, centres, np.tile(spread, (components, 1, 1)))


@pytest.mark.equation("5.2")
def test_the_formulas_are_the_librarys_iteration_and_beat_every_neighbour(rng, mixture):
    x, model = mixture
    theta = step(x, model.theta)
    for ours, librarys in zip(theta, model.m_step(model.e_step(x)).theta, strict=True):
        np.testing.assert_allclose(ours, librarys, rtol=1e-9)
    r = posterior(x, model.theta)
    top = expected(x, r, theta)
    for _ in range(50):
        weights = theta[0] * np.exp(0.1 * rng.normal(size=3))
        roots = np.linalg.cholesky(theta[2]) @ (np.eye(2) + 0.1 * rng.normal(size=(3, 2, 2)))
        means = theta[1] + 0.1 * rng.normal(size=theta[1].shape)
        moved = weights / weights.sum(), means, roots @ roots.transpose(0, 2, 1)
        assert expected(x, r, moved) < top


@pytest.mark.equation("5.4")
def test_log_p_as_an_average_over_any_distribution_of_z(rng, mixture):
    x, model = mixture
    theta = other_parameters(rng, model.theta)
    r = posterior(x, model.theta)
    right = (r * np.log(joint(x, theta))).sum(1) - (r * np.log(posterior(x, theta))).sum(1)
    np.testing.assert_allclose(np.log(joint(x, theta).sum(axis=1)), right, rtol=1e-10)


@pytest.mark.equation("5.5")
def test_the_gain_is_the_gain_in_j_plus_a_divergence(rng, mixture):
    x, model = mixture
    r = posterior(x, model.theta)
    for _ in range(5):
        theta = other_parameters(rng, model.theta)
        gain = log_p(x, theta) - log_p(x, model.theta)
        in_j = expected(x, r, theta) - expected(x, r, model.theta)
        extra = divergence(r, posterior(x, theta))
        assert extra > 0.1
        assert gain == pytest.approx(in_j + extra, rel=1e-9)


@pytest.mark.equation("5.6")
def test_an_iteration_gains_at_least_what_it_gains_in_j(mixture):
    x, model = mixture
    theta, gains = model.theta, []
    for _ in range(25):
        after = step(x, theta)
        r = posterior(x, theta)
        in_j = expected(x, r, after) - expected(x, r, theta)
        gains.append(log_p(x, after) - log_p(x, theta))
        assert gains[-1] >= in_j - 1e-9
        assert in_j >= -1e-9
        theta = after
    assert sum(gains) > 1


@pytest.mark.equation("5.6")
def test_old_means_in_the_covariance_break_the_climb(rng):
    """The theorem is about the M-step: a step that is not one may go down."""
    falls = 0
    for _ in range(40):
        x, model = simulated.overlapping(rng, 8, 2, 2)
        weights, means, _ = step(x, model.theta)
        r = posterior(x, model.theta)
        old = [scatter(x, q, m) / q.sum() for q, m in zip(r.T, model.means, strict=True)]
        falls += log_p(x, (weights, means, np.array(old))) < log_p(x, step(x, model.theta))
    assert falls > 20


@pytest.mark.equation("5.8")
def test_units_shift_the_trace_and_carry_the_iterates_along(rng, mixture):
    x, model = mixture
    a, b = rng.normal(size=(2, 2)), rng.normal(size=2)

    def moved(theta):
        return theta[0], theta[1] @ a.T + b, a @ theta[2] @ a.T

    y, theta = x @ a.T + b, model.theta
    log_volume = np.log(abs(np.linalg.det(a)))
    assert abs(log_volume) > 0.1
    for _ in range(4):
        shifted = log_p(x, theta) - len(x) * log_volume
        assert log_p(y, moved(theta)) == pytest.approx(shifted, rel=1e-10)
        after = step(x, theta)
        for ours, theirs in zip(step(y, moved(theta)), moved(after), strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-8, atol=1e-10)
        theta = after


@pytest.mark.equation("5.9")
def test_what_is_left_of_geometric_gains():
    g, ratio = sp.symbols("g lambda", positive=True)
    k = sp.symbols("k", integer=True, positive=True)
    left = sp.summation(g * sp.Rational(3, 7) ** k, (k, 1, sp.oo))
    assert sp.simplify(left - (ratio / (1 - ratio) * g).subs(ratio, sp.Rational(3, 7))) == 0


@pytest.mark.equation("5.9")
def test_what_is_left_at_the_end_of_a_slow_run():
    x = galaxies()[:, :1] / 1000
    trace = fit(from_centres(x, np.array([[18.0], [21.0]])), x, tol=1e-13).trace
    t = int(np.argmax(np.diff(trace) < 1e-4)) + 1
    gains = np.diff(trace[t - 2 : t + 1])
    ratio = gains[1] / gains[0]
    assert trace[-1] - trace[t] == pytest.approx(ratio / (1 - ratio) * gains[1], rel=0.05)


@pytest.mark.equation("5.10")
def test_equal_components_stay_equal(rng):
    x, model = simulated.mixture(rng, 25, 3, 2)
    weights = np.array([0.15, 0.55, 0.3])
    alike = weights, np.tile(model.means[0], (3, 1)), np.tile(model.covariances[0], (3, 1, 1))
    after = step(x, alike)
    for _ in range(2):
        np.testing.assert_allclose(after[0], weights, rtol=1e-12)
        np.testing.assert_allclose(after[1], np.tile(x.mean(axis=0), (3, 1)), rtol=1e-10)
        spread = np.cov(x.T, bias=True)
        np.testing.assert_allclose(after[2], np.tile(spread, (3, 1, 1)), rtol=1e-9, atol=1e-12)
        after = step(x, after)


@pytest.mark.equation("5.11")
def test_a_constant_may_be_taken_off_the_responsibilities(rng):
    x = rng.normal(3, 2, size=(15, 2))
    r = simulated.soft_assignments(rng, 15, 3)
    means = np.array([np.average(x, axis=0, weights=q) for q in r.T])
    centred = x - x.mean(axis=0)
    for constant in (0.0, 1 / 3, -2.7):
        right = (r - constant).T @ centred / r.sum(axis=0)[:, None]
        np.testing.assert_allclose(means - x.mean(axis=0), right, rtol=1e-9)


@pytest.mark.equation("5.12")
def test_the_covariance_of_the_offset_by_enumeration(rng):
    """Responsibilities that take three values with unequal chances, over all 3⁶ outcomes."""
    values, chances = np.array([0.1, 0.35, 0.9]), np.array([0.2, 0.5, 0.3])
    x = rng.normal(size=(6, 2)) @ rng.normal(size=(2, 2)) + 4
    centred = x - x.mean(axis=0)
    sums, weights = [], []
    for outcome in itertools.product(range(3), repeat=6):
        sums.append(values[list(outcome)] @ centred)
        weights.append(chances[list(outcome)].prod())
    v = chances @ values**2 - (chances @ values) ** 2
    by_enumeration = np.cov(np.array(sums).T, aweights=weights, ddof=0)
    np.testing.assert_allclose(by_enumeration, 6 * v * np.cov(x.T, bias=True), rtol=1e-9)


@pytest.mark.equation("5.12")
def test_the_offset_of_random_responsibilities_on_old_faithful(rng):
    """With two components, v = 1/12 and c_k near n / 2: an offset of 1 / √(3n) deviations."""
    x = faithful()
    draws = [initialization.random_responsibilities(rng, len(x), 2)[:, 0] for _ in range(800)]
    first = np.array([np.average(x, axis=0, weights=q) for q in draws])
    offsets = (first - x.mean(axis=0)) / x.std(axis=0)
    np.testing.assert_allclose(offsets.std(axis=0), np.sqrt(1 / (3 * len(x))), rtol=0.12)


def nearest(x, centres):
    return np.array([min(((row - c) ** 2).sum() for c in centres) for row in x])


def sequences(x, count):
    """Every sequence of rows that k-means++ can draw, with its probability by (5.14)."""
    for order in itertools.product(range(len(x)), repeat=count):
        p = 1 / len(x)
        for m in range(1, count):
            cost = nearest(x, x[list(order[:m])])
            p *= cost[order[m]] / cost.sum()
        if p > 0:
            yield list(order), p


@pytest.mark.equation("5.14")
def test_the_librarys_draws_follow_the_squared_distances():
    x = np.array([[0.0, 1.0], [0.0, 1.0], [0.4, 3.0], [2.0, 2.5], [5.0, 0.0]])
    chances = {}
    for order, p in sequences(x, 3):
        places = tuple(map(tuple, x[order]))
        chances[places] = chances.get(places, 0) + p
    assert sum(chances.values()) == pytest.approx(1)
    drawn = [
        tuple(map(tuple, initialization.kmeans_plus_plus(np.random.default_rng([5, i]), x, 3)))
        for i in range(4000)
    ]
    assert set(drawn) <= set(chances)
    for places, p in chances.items():
        assert stats.binomtest(drawn.count(places), 4000, p).pvalue > 1e-7


@pytest.mark.equation("5.15")
def test_the_cost_of_a_centre():
    rows = sp.Matrix(4, 2, sp.symbols("x1:9", real=True))
    a = sp.Matrix([sp.symbols("a1:3", real=True)])
    mean = sum((rows.row(i) for i in range(4)), sp.zeros(1, 2)) / 4

    def cost(centre):
        return sum((rows.row(i) - centre).dot(rows.row(i) - centre) for i in range(4))

    assert sp.expand(cost(a) - cost(mean) - 4 * (a - mean).dot(a - mean)) == 0


@pytest.mark.equation("5.16")
def test_a_random_row_costs_twice_the_best_centre(rng):
    x = rng.gamma(0.5, size=(11, 3))
    average = np.mean([((x - a) ** 2).sum() for a in x])
    assert average == pytest.approx(2 * ((x - x.mean(axis=0)) ** 2).sum(), rel=1e-12)


def best_cost(x, count):
    """The least k-means cost over all labellings."""
    costs = []
    for z in itertools.product(range(count), repeat=len(x)):
        groups = [x[np.array(z) == k] for k in set(z)]
        costs.append(sum(((g - g.mean(axis=0)) ** 2).sum() for g in groups))
    return min(costs)


@pytest.mark.equation("5.17")
@pytest.mark.parametrize("spread", [0.1, 1.0, 10.0])
def test_the_expected_cost_is_within_the_bound(rng, spread):
    x = rng.normal(size=(7, 2)) + spread * np.array([[0, 0]] * 3 + [[1, 2]] * 2 + [[4, -1]] * 2)
    for count in (2, 3):
        expected_cost = sum(p * nearest(x, x[order]).sum() for order, p in sequences(x, count))
        assert expected_cost <= 8 * (np.log(count) + 2) * best_cost(x, count)


@pytest.mark.equation("5.17")
def test_even_draws_have_no_such_bound():
    x = np.array([[0.0], [0.1], [0.2], [1e4]])
    pairs = itertools.combinations(range(4), 2)
    even = np.mean([nearest(x, x[list(pair)]).sum() for pair in pairs])
    assert even > 1e6 * 8 * (np.log(2) + 2) * best_cost(x, 2)


@pytest.mark.equation("5.18")
@pytest.mark.parametrize(("p", "delta"), [(0.27, 0.01), (0.6, 0.001), (0.03, 0.05)])
def test_how_many_starts_are_enough(p, delta):
    enough = int(np.ceil(np.log(delta) / np.log(1 - p)))
    assert stats.binom.pmf(0, enough, p) <= delta < stats.binom.pmf(0, enough - 1, p)


@pytest.mark.equation("5.19")
def test_the_gradient_in_the_means_points_to_the_new_means(mixture):
    x, model = mixture
    weights, means, covariances = model.theta
    slopes = gradient(lambda m: log_p(x, (weights, m, covariances)), means.copy())
    new, counts = step(x, model.theta)[1], posterior(x, model.theta).sum(axis=0)
    for k in range(3):
        by_equation = counts[k] * np.linalg.inv(covariances[k]) @ (new[k] - means[k])
        np.testing.assert_allclose(slopes[k], by_equation, rtol=1e-6, atol=1e-7)


@pytest.mark.equation("5.20")
def test_the_step_is_the_preconditioned_gradient(mixture):
    x, model = mixture
    weights, means, covariances = model.theta
    slopes = gradient(lambda m: log_p(x, (weights, m, covariances)), means.copy())
    counts = posterior(x, model.theta).sum(axis=0)
    by_equation = np.array([covariances[k] @ slopes[k] / counts[k] for k in range(3)])
    np.testing.assert_allclose(step(x, model.theta)[1] - means, by_equation, rtol=1e-6, atol=1e-8)


@pytest.mark.equation("5.21")
def test_the_slope_along_the_step_is_positive(mixture):
    x, model = mixture
    weights, means, covariances = model.theta
    moves = step(x, model.theta)[1] - means
    along = [log_p(x, (weights, means + s * moves, covariances)) for s in (-1e-5, 1e-5)]
    counts = posterior(x, model.theta).sum(axis=0)
    squares = [c * d @ np.linalg.solve(s, d) for c, d, s in zip(counts, moves, covariances)]  # noqa: B905
    assert np.diff(along)[0] / 2e-5 == pytest.approx(sum(squares), rel=1e-6)
    assert sum(squares) > 0


@pytest.mark.equation("5.22")
def test_the_step_in_the_weights(mixture):
    x, model = mixture
    weights, means, covariances = model.theta
    free = gradient(lambda w: log_p(x, (w, means, covariances)), weights.copy(), 1e-6)
    matrix = np.diag(weights) - np.outer(weights, weights)
    new = step(x, model.theta)[0]
    np.testing.assert_allclose(new - weights, matrix @ free / len(x), rtol=1e-6, atol=1e-9)
    counts = posterior(x, model.theta).sum(axis=0)
    np.testing.assert_allclose(free, counts / weights, rtol=1e-7)


@pytest.mark.equation("5.23")
def test_the_step_in_the_covariances(mixture):
    x, model = mixture
    weights, means, covariances = model.theta

    def free(sigmas):
        """log p with every entry of Σ free, for matrices that need not be symmetric."""
        terms = []
        for w, m, s in zip(weights, means, sigmas, strict=True):
            squares = ((x - m) @ np.linalg.inv(s) * (x - m)).sum(axis=1)
            terms.append(w * np.exp(-squares / 2) / (2 * np.pi * np.sqrt(np.linalg.det(s))))
        return np.log(np.sum(terms, axis=0)).sum()

    slopes = gradient(free, covariances.copy(), 1e-6)
    _, new_means, new = step(x, model.theta)
    counts = posterior(x, model.theta).sum(axis=0)
    for k in range(3):
        moved = new_means[k] - means[k]
        by_equation = 2 / counts[k] * covariances[k] @ slopes[k] @ covariances[k]
        by_equation -= np.outer(moved, moved)
        np.testing.assert_allclose(new[k] - covariances[k], by_equation, rtol=1e-5, atol=1e-7)
        assert np.abs(np.outer(moved, moved)).max() > 1e-3


def ascend(x, covariance, mean, eta, count):
    """Gradient ascent on the mean of one Gaussian, the gradient by differences of log p."""
    for _ in range(count):
        mean = mean + eta * gradient(
            lambda m: stats.multivariate_normal.logpdf(x, m, covariance).sum(), mean, 1e-3
        )
    return mean


@pytest.mark.equation("5.25")
def test_the_error_of_gradient_ascent_with_one_component(rng):
    x, model = simulated.mixture(rng, 12, 3, 1)
    covariance, start = model.covariances[0], rng.normal(size=3)
    eta = 0.7 * np.linalg.eigvalsh(covariance)[0] / 12
    factor = np.eye(3) - eta * 12 * np.linalg.inv(covariance)
    error = np.linalg.matrix_power(factor, 3) @ (start - x.mean(axis=0))
    found = ascend(x, covariance, start, eta, 3) - x.mean(axis=0)
    np.testing.assert_allclose(found, error, rtol=1e-6, atol=1e-8)


@pytest.mark.equation("5.26")
@pytest.mark.parametrize(("share", "dies_out"), [(0.98, True), (1.02, False)])
def test_the_largest_stable_rate(rng, share, dies_out):
    x, model = simulated.mixture(rng, 12, 2, 1)
    covariance = model.covariances[0]
    limit = 2 * np.linalg.eigvalsh(covariance)[0] / 12
    start = x.mean(axis=0) + np.array([0.3, -0.2])
    before, after = (
        np.linalg.norm(ascend(x, covariance, start, share * limit, count) - x.mean(axis=0))
        for count in (60, 120)
    )
    assert (after < 0.5 * before) == dies_out


def test_the_published_fit_of_the_waiting_times():
    """Benaglia and others (2009): the start, the number of iterations and every digit."""
    begin = TiedGaussianMixture([0.5, 0.5], [[55.0], [80.0]], [[25.0]])
    result = fit(begin, faithful()[:, 1:], tol=1e-8)
    assert len(result.trace) - 1 == 9
    np.testing.assert_allclose(result.model.weights, [0.36085, 0.63915], atol=5.1e-6)
    np.testing.assert_allclose(result.model.means[:, 0], [54.61364, 80.09031], atol=5.1e-6)
    assert np.sqrt(result.model.covariances[0, 0]) == pytest.approx(5.86909, abs=5.1e-6)
    assert result.trace[-1] == pytest.approx(-1034.002, abs=5.1e-4)


def test_the_published_fit_of_the_galaxies_is_a_maximum():
    x = galaxies()[:, :1] / 1000
    start = from_centres(x, np.array([[10.0], [20.0], [30.0]]))
    result = fit(start, x, tol=1e-10)
    assert result.trace[-1] == pytest.approx(-203.1792, abs=5.1e-5)

    def negative(free):
        weights = np.exp(free[:3]) / np.exp(free[:3]).sum()
        return -log_p(x, (weights, free[3:6, None], np.exp(free[6:])[:, None, None]))

    weights, means, covariances = result.model.theta
    here = np.r_[np.log(weights), means[:, 0], np.log(covariances[:, 0, 0])]
    found = optimize.minimize(negative, here + 0.02, method="BFGS")
    assert -found.fun == pytest.approx(result.trace[-1], abs=1e-5)
