"""The numbered equations of lesson 11, each side computed its own way."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from scipy import optimize, stats

from em_helpers import GaussianMixture, fit, log_likelihood, responsibilities
from em_helpers.approximate import online_step
from em_helpers.checks import simulated

DEFINITIONS = {"11.1": "the statistics of a block about a centre"}


@pytest.fixture
def rng():
    return np.random.default_rng(11)


@pytest.fixture
def mixture(rng):
    """Forty points in two dimensions and three components that overlap."""
    return simulated.overlapping(rng, 40, 2, 3)


def statistics(x, r, centres):
    """(11.1) row by row: c, s, S."""
    K, d = centres.shape
    c, s, S = np.zeros(K), np.zeros((K, d)), np.zeros((K, d, d))
    for row, shares in zip(x, r, strict=True):
        for k, share in enumerate(shares):
            u = row - centres[k]
            c[k] += share
            s[k] += share * u
            S[k] += share * np.outer(u, u)
    return c, s, S


def add(a, b):
    return tuple(left + right for left, right in zip(a, b, strict=True))


def m_step(c, s, S, centres):
    """(11.3)"""
    u = s / c[:, None]
    covariances = S / c[:, None, None] - u[:, :, None] * u[:, None, :]
    return GaussianMixture(c / c.sum(), centres + u, (covariances + covariances.mT) / 2)


def posterior(x, model):
    """By Bayes' rule from scipy's densities."""
    p = np.column_stack(
        [w * stats.multivariate_normal.pdf(x, m, S) for w, m, S in zip(*model.theta, strict=True)]
    )
    return p / p.sum(axis=1, keepdims=True)


def bound(x, q, model):
    """L(q, θ) of lesson 6 over the rows of x."""
    return (q * (model.log_joint(x) - np.log(q))).sum()


def same_theta(model, other, rtol=1e-9):
    for part, expected in zip(model.theta, other.theta, strict=True):
        np.testing.assert_allclose(part, expected, rtol=rtol, atol=1e-12)


@pytest.mark.equation("11.2")
def test_statistics_of_disjoint_blocks_add(rng, mixture):
    x, model = mixture
    centres = rng.normal(size=(3, 2))
    r = posterior(x, model)
    inside = rng.random(40) < 0.3
    parts = [statistics(x[each], r[each], centres) for each in (inside, ~inside)]
    for part, whole in zip(add(*parts), statistics(x, r, centres), strict=True):
        np.testing.assert_allclose(part, whole, rtol=1e-12)
    blocks = [log_likelihood(model, x[each]) for each in (inside, ~inside)]
    density = [
        w * stats.multivariate_normal.pdf(x, m, S) for w, m, S in zip(*model.theta, strict=True)
    ]
    assert sum(blocks) == pytest.approx(np.log(sum(density)).sum(), rel=1e-12)


@pytest.mark.equation("11.3")
def test_the_m_step_from_statistics_is_the_weighted_mean_and_covariance_about_any_centre(
    rng, mixture
):
    x, model = mixture
    r = posterior(x, model)
    for centres in (np.zeros((3, 2)), rng.normal(3, 2, (3, 2))):
        found = m_step(*statistics(x, r, centres), centres)
        for k in range(3):
            assert found.weights[k] == pytest.approx(r[:, k].mean())
            mean = np.average(x, axis=0, weights=r[:, k])
            np.testing.assert_allclose(found.means[k], mean, rtol=1e-10)
            covariance = np.cov(x.T, aweights=r[:, k], ddof=0)
            np.testing.assert_allclose(found.covariances[k], covariance, rtol=1e-9)


@pytest.mark.equation("11.4")
def test_a_centre_is_moved_without_the_rows(rng, mixture):
    x, model = mixture
    r, old, new = posterior(x, model), rng.normal(size=(3, 2)), rng.normal(2, 3, (3, 2))
    c, s, S = statistics(x, r, old)
    delta = old - new
    outer = np.einsum
    moved_s = s + c[:, None] * delta
    moved_S = (
        S
        + outer("ki,kj->kij", s, delta)
        + outer("ki,kj->kij", delta, s)
        + outer("k,ki,kj->kij", c, delta, delta)
    )
    _, first, second = statistics(x, r, new)
    np.testing.assert_allclose(moved_s, first, rtol=1e-10)
    np.testing.assert_allclose(moved_S, second, rtol=1e-10)
    library = model.e_step(x).about(old).about(new)
    np.testing.assert_allclose(library.first, first, rtol=1e-9)
    np.testing.assert_allclose(library.second, second, rtol=1e-9)


def scatter(x, weights):
    mean = weights @ x / weights.sum()
    return mean, sum(
        w * np.outer(row - mean, row - mean) for w, row in zip(weights, x, strict=True)
    )


@pytest.mark.equation("11.5")
def test_scatter_about_the_mean_is_the_second_moment_less_that_of_the_mean(rng, mixture):
    x, model = mixture
    r, centres = posterior(x, model), rng.normal(size=(3, 2))
    c, s, S = statistics(x, r, centres)
    for k in range(3):
        _, M = scatter(x, r[:, k])
        np.testing.assert_allclose(S[k] - np.outer(s[k], s[k]) / c[k], M, rtol=1e-9)


@pytest.mark.equation("11.6")
def test_scatters_of_two_blocks_merge_with_that_between_them(mixture):
    x, model = mixture
    r = posterior(x, model)[:, 1]
    (a, M_a), (b, M_b) = scatter(x[:11], r[:11]), scatter(x[11:], r[11:])
    c_a, c_b = r[:11].sum(), r[11:].sum()
    between = c_a * c_b / (c_a + c_b) * np.outer(b - a, b - a)
    np.testing.assert_allclose(M_a + M_b + between, scatter(x, r)[1], rtol=1e-10)
    assert np.abs(between).max() > 0.01 * np.abs(M_a).max(), "a term that counts"


@pytest.mark.equation("11.7")
def test_the_error_of_a_variance_from_raw_moments():
    mu, sigma, e1, e2 = sp.symbols("mu sigma epsilon1 epsilon2", real=True)
    v = (sigma**2 + mu**2) * (1 + e2) - (mu * (1 + e1)) ** 2
    stated = e2 + (e2 - 2 * e1 - e1**2) * mu**2 / sigma**2
    assert sp.simplify(v / sigma**2 - 1 - stated) == 0


@pytest.mark.equation("11.7")
def test_raw_moments_in_floats_have_the_error_that_their_roundings_predict(rng):
    x = 3e5 + 0.7 * rng.normal(size=200)
    values = [Fraction(each) for each in x]
    mean = sum(values) / 200
    variance = sum((each - mean) ** 2 for each in values) / 200
    first, second = np.mean(x), np.mean(x * x)
    e1 = float(Fraction(first) / mean - 1)
    e2 = float(Fraction(second) / (variance + mean**2) - 1)
    computed = Fraction(second) - Fraction(first) ** 2
    ratio = float(mean**2 / variance)
    predicted = e2 + (e2 - 2 * e1 - e1**2) * ratio
    assert float(computed / variance - 1) == pytest.approx(predicted, rel=1e-4)
    assert abs(predicted) > 1e-7, "digits are lost"


@pytest.mark.equation("11.8")
def test_an_iteration_over_blocks_is_the_iteration(rng, mixture):
    x, model = mixture
    r = posterior(x, model)
    for cuts in ([7, 8, 31], range(1, 40)):
        total = None
        for rows, shares in zip(np.split(x, cuts), np.split(r, cuts), strict=True):
            part = statistics(rows, shares, model.means)
            total = part if total is None else add(total, part)
        blocks = m_step(*total, model.means)
        same_theta(blocks, GaussianMixture.from_responsibilities(x, r))
        found = fit(model, np.split(x, cuts), tol=0, max_iterations=1)
        same_theta(found.model, blocks)
        assert found.trace[0] == pytest.approx(log_likelihood(model, x), rel=1e-12)


@pytest.mark.equation("11.9")
def test_sums_in_any_order_and_grouping_differ_by_rounding_only(rng):
    u, worst = Fraction(1, 2**53), 0.0
    for _ in range(300):
        J = int(rng.integers(2, 40))
        terms = rng.normal(size=J) * 10.0 ** rng.integers(-3, 6, J)
        exact, size = sum(map(Fraction, terms)), sum(abs(Fraction(each)) for each in terms)
        pool = list(terms)
        while len(pool) > 1:
            first = pool.pop(int(rng.integers(len(pool))))
            second = pool.pop(int(rng.integers(len(pool))))
            pool.append(first + second)
        allowed = ((1 + u) ** (J - 1) - 1) * size
        error = abs(Fraction(pool[0]) - exact)
        assert error <= allowed
        worst = max(worst, float(error / allowed))
    assert worst > 0.1, "the bound is of the right size"


@pytest.mark.equation("11.10")
def test_statistics_have_as_many_numbers_whatever_the_number_of_rows(rng):
    for d, K in itertools.product((1, 2, 5), (1, 3)):
        for n in (6, 50):
            x, model = simulated.overlapping(rng, n, d, K)
            sums = model.e_step(x)
            assert np.allclose(sums.second, sums.second.mT)
            triangle = sums.second[:, *np.tril_indices(d)]
            numbers = sums.counts.size + sums.first.size + triangle.size + 1
            assert numbers == K * (1 + d + d * (d + 1) / 2) + 1
    assert 10 * (1 + 20 + 20 * 21 / 2) + 1 == 2311


class Counted:
    """A number that counts the multiplications and divisions it takes part in."""

    made = 0

    def __init__(self, value):
        self.value = value

    def __mul__(self, other):
        Counted.made += 1
        return Counted(self.value * other.value)

    def __truediv__(self, other):
        Counted.made += 1
        return Counted(self.value / other.value)

    def __add__(self, other):
        return Counted(self.value + other.value)

    def __sub__(self, other):
        return Counted(self.value - other.value)


def counted(table):
    return [[Counted(float(each)) for each in row] for row in table]


def plain(table):
    return np.array([[each.value for each in row] for row in table])


def factor_and_inverse(A):
    """Cholesky's factor and its inverse by columns; roots are not counted."""
    d, zero = len(A), Counted(0.0)
    L = [[zero] * d for _ in range(d)]
    for j in range(d):
        for i in range(j, d):
            left = A[i][j]
            for k in range(j):
                left = left - L[i][k] * L[j][k]
            L[i][j] = Counted(left.value**0.5) if i == j else left / L[j][j]
    inverse = [[zero] * d for _ in range(d)]
    pivots = [Counted(1.0) / L[i][i] for i in range(d)]
    for j in range(d):
        inverse[j][j] = pivots[j]
        for i in range(j + 1, d):
            total = zero
            for k in range(j, i):
                total = total - L[i][k] * inverse[k][j]
            inverse[i][j] = total * pivots[i]
    return L, inverse


@pytest.mark.equation("11.11")
@pytest.mark.parametrize(("n", "d", "K"), [(5, 1, 2), (7, 3, 2), (4, 5, 3), (9, 2, 1)])
def test_multiplications_of_an_iteration(rng, n, d, K):
    x, model = simulated.mixture(rng, n, d, K)
    r = posterior(x, model)
    Counted.made = 0
    for k in range(K):
        L, inverse = factor_and_inverse(counted(model.covariances[k]))
        moment = [[Counted(0.0)] * d for _ in range(d)]
        for row, share in zip(x, r[:, k], strict=True):
            v = [Counted(each) for each in row - model.means[k]]
            distance = Counted(0.0)
            for i in range(d):
                white = Counted(0.0)
                for j in range(i + 1):
                    white = white + inverse[i][j] * v[j]
                distance = distance + white * white
            weighted = [Counted(share) * each for each in v]
            for i, j in itertools.product(range(d), range(d)):
                if j <= i:
                    moment[i][j] = moment[i][j] + weighted[i] * v[j]
            expected = row - model.means[k]
            expected = expected @ np.linalg.solve(model.covariances[k], expected)
            assert distance.value == pytest.approx(expected, rel=1e-8)
        np.testing.assert_allclose(plain(L) @ plain(L).T, model.covariances[k], rtol=1e-10)
        _, _, S = statistics(x, r, model.means)
        np.testing.assert_allclose(plain(moment), np.tril(S[k]), rtol=1e-9, atol=1e-12)
    matrices = (d**3 - d) / 3 + d**2
    assert Counted.made == n * K * (d**2 + 3 * d) + K * matrices
    assert matrices <= d**3


@pytest.fixture
def stale(rng, mixture):
    """Four blocks, each with the posterior at parameters of its own."""
    x, _ = mixture
    blocks = np.array_split(x, 4)
    models = [simulated.overlapping(rng, 1, 2, 3)[1] for _ in blocks]
    return blocks, [posterior(*each) for each in zip(blocks, models, strict=True)], models[2]


@pytest.mark.equation("11.12")
def test_the_bound_is_a_sum_over_blocks_each_with_its_own_q(stale):
    blocks, q, model = stale
    parts = [bound(rows, shares, model) for rows, shares in zip(blocks, q, strict=True)]
    whole = bound(np.vstack(blocks), np.vstack(q), model)
    assert sum(parts) == pytest.approx(whole, rel=1e-12)
    sums = [model.statistics(*each) for each in zip(blocks, q, strict=True)]
    objective = model.expected_log_joint(sum(sums[1:], start=sums[0]))
    assert objective - sum((each * np.log(each)).sum() for each in q) == pytest.approx(whole)


@pytest.mark.equation("11.13")
def test_renewing_one_block_gives_the_statistics_of_all(stale):
    blocks, q, model = stale
    parts = [statistics(*each, model.means) for each in zip(blocks, q, strict=True)]
    total = tuple(map(sum, zip(*parts, strict=True)))
    q[1] = posterior(blocks[1], model)
    new = statistics(blocks[1], q[1], model.means)
    renewed = tuple(t - old + fresh for t, old, fresh in zip(total, parts[1], new, strict=True))
    same_theta(
        m_step(*renewed, model.means),
        GaussianMixture.from_responsibilities(np.vstack(blocks), np.vstack(q)),
    )


@pytest.mark.equation("11.14")
def test_no_incremental_step_lowers_the_bound(rng, stale):
    blocks, q, model = stale
    x = np.vstack(blocks)
    gains = []
    for step in range(24):
        j = int(rng.integers(4))
        before = bound(x, np.vstack(q), model)
        q[j] = posterior(blocks[j], model)
        between = bound(x, np.vstack(q), model)
        model = GaussianMixture.from_responsibilities(x, np.vstack(q))
        after = bound(x, np.vstack(q), model)
        assert before - 1e-9 <= between <= after + 1e-9, step
        gains += [between - before, after - between]
    assert sum(gain > 1e-3 for gain in gains) > 10


@pytest.mark.equation("11.14")
def test_each_half_of_an_incremental_step_is_a_maximum(rng, stale):
    blocks, q, model = stale
    x = np.vstack(blocks)
    q[0] = posterior(blocks[0], model)
    best = bound(x, np.vstack(q), model)
    for _ in range(20):
        other = [0.9 * q[0] + 0.1 * simulated.soft_assignments(rng, len(blocks[0]), 3), *q[1:]]
        assert bound(x, np.vstack(other), model) < best
    top = GaussianMixture.from_responsibilities(x, np.vstack(q))
    best = bound(x, np.vstack(q), top)
    for _ in range(20):
        moved = GaussianMixture(top.weights, top.means + 0.05 * rng.normal(size=(3, 2)),
                                top.covariances)  # fmt: skip
        assert bound(x, np.vstack(q), moved) < best


@pytest.mark.equation("11.15")
def test_the_gap_is_the_divergence_of_all_blocks(stale):
    blocks, q, model = stale
    x, gap = np.vstack(blocks), 0.0
    for rows, shares in zip(blocks, q, strict=True):
        gap += (shares * np.log(shares / posterior(rows, model))).sum()
    assert log_likelihood(model, x) - bound(x, np.vstack(q), model) == pytest.approx(gap)
    assert gap > 0.1


@pytest.mark.equation("11.14", "11.15")
def test_seven_numbers_whose_likelihood_falls_in_an_incremental_step_while_the_bound_climbs():
    """The lesson's example by the formulas for one dimension."""
    x = np.array([-6.0, -3.0, -2.0, 1.0, 4.0, 5.0, 6.0])
    w, m, v = np.array([0.5, 0.5]), np.array([-6.0, 3.0]), np.array([1.0, 4.0])

    def densities():
        return w * stats.norm.pdf(x[:, None], m, np.sqrt(v))

    q, log_p, F = densities(), [], []
    q /= q.sum(axis=1, keepdims=True)
    for step in range(15):
        c = q.sum(axis=0)
        w, m = c / 7, q.T @ x / c
        v = (q * (x[:, None] - m) ** 2).sum(axis=0) / c
        p = densities()
        log_p.append(np.log(p.sum(axis=1)).sum())
        F.append((q * (np.log(p) - np.log(q))).sum())
        j = step % 7
        q[j] = p[j] / p[j].sum()
    assert np.diff(F).min() > -1e-12
    assert -np.diff(log_p).min() == pytest.approx(0.035, abs=5e-4)
    np.testing.assert_allclose(log_p[:3], [-19.576, -19.564, -19.599], atol=5e-4)


@pytest.mark.equation("11.15")
def test_where_incremental_steps_rest_there_is_no_gap_and_em_rests(stale):
    blocks, q, model = stale
    x = np.vstack(blocks)
    for _ in range(4000):
        before = np.vstack(q)
        for j, rows in enumerate(blocks):
            q[j] = posterior(rows, model)
            model = GaussianMixture.from_responsibilities(x, np.vstack(q))
        if np.abs(np.vstack(q) - before).max() < 1e-13:
            break
    assert log_likelihood(model, x) - bound(x, np.vstack(q), model) == pytest.approx(0, abs=1e-9)
    same_theta(GaussianMixture.from_responsibilities(x, posterior(x, model)), model, rtol=1e-7)


@pytest.mark.equation("11.16")
def test_one_step_of_online_em_mixes_statistics_of_a_row_and_makes_an_m_step(rng, mixture):
    x, model = mixture
    centre, old = rng.normal(size=(3, 2)), simulated.soft_assignments(rng, 25, 3)
    before = statistics(x[:25], old, centre)
    block = statistics(x[25:], posterior(x[25:], model), centre)
    mixed = [0.7 * a / 25 + 0.3 * b / 15 for a, b in zip(before, block, strict=True)]
    kept = model.statistics(x[:25], old) * (1 / 25)
    found, kept = online_step(model, kept, x[25:], 0.3)
    same_theta(found, m_step(*mixed, centre))
    kept = kept.about(centre)
    for part, expected in zip((kept.counts, kept.first, kept.second), mixed, strict=True):
        np.testing.assert_allclose(part, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.equation("11.21")
def test_which_powers_obey_the_conditions_of_robbins_and_monro():
    t = sp.symbols("t", positive=True, integer=True)
    for kappa in map(sp.Rational, ("1/4", "1/2", "3/5", "1", "5/4")):
        step = (t + 1) ** -kappa
        endless = not sp.Sum(step, (t, 1, sp.oo)).is_convergent()
        squares = bool(sp.Sum(step**2, (t, 1, sp.oo)).is_convergent())
        assert (endless and squares) == (sp.Rational(1, 2) < kappa <= 1), kappa


@pytest.mark.equation("11.20", "11.21")
def test_noise_settles_where_the_steps_shrink_and_not_where_they_stay():
    variance = {"shrinking": 2.0, "constant": 2.0}
    for t in range(1, 20001):
        for name, step in (("shrinking", (t + 1.0) ** -0.6), ("constant", 0.2)):
            variance[name] = (1 - step) ** 2 * variance[name] + step**2
            assert variance[name] >= step**2
    assert variance["shrinking"] < 2e-3
    assert variance["constant"] == pytest.approx(1 / 9)


def unrolled(steps):
    """ω_0 … ω_t by running (11.16) on indicators of the start and of each block."""
    weights = np.eye(len(steps) + 1)[0]
    for j, step in enumerate(steps, start=1):
        weights = (1 - step) * weights + step * np.eye(len(steps) + 1)[j]
    return weights


@pytest.mark.equation("11.17")
def test_weights_of_the_blocks_are_products_and_sum_to_one(rng):
    steps = rng.uniform(0.05, 0.9, 9)
    stated = [np.prod(1 - steps)] + [steps[j] * np.prod(1 - steps[j + 1 :]) for j in range(9)]
    np.testing.assert_allclose(unrolled(steps), stated, rtol=1e-12)
    assert sum(stated) == pytest.approx(1)


@pytest.mark.equation("11.17")
def test_online_em_holds_the_weighted_statistics(rng, mixture):
    x, model = mixture
    blocks, steps = np.array_split(x, 4), rng.uniform(0.2, 0.6, 4)
    centre = np.zeros_like(model.means)
    kept, current = model.expected_row_statistics(), model
    seen = [kept.about(centre).second]
    for block, step in zip(blocks, steps, strict=True):
        seen.append(statistics(block, posterior(block, current), centre)[2] / len(block))
        current, kept = online_step(current, kept, block, step)
    expected = np.einsum("j,jkab->kab", unrolled(steps), np.array(seen))
    np.testing.assert_allclose(kept.about(centre).second, expected, rtol=1e-9)


@pytest.mark.equation("11.18")
def test_steps_of_one_over_t_weight_all_blocks_alike():
    for t in (1, 2, 7, 30):
        weights = unrolled(1 / np.arange(1, t + 1))
        np.testing.assert_allclose(weights, [0.0] + [1 / t] * t, rtol=1e-12, atol=1e-15)


@pytest.mark.equation("11.19")
def test_the_start_is_forgotten_as_fast_as_the_steps_sum(rng):
    for steps in (rng.uniform(0, 1, 30), (np.arange(1, 200) + 1.0) ** -0.6, np.full(50, 0.02)):
        first = unrolled(steps)[0]
        assert 0 <= first <= np.exp(-steps.sum())
    assert unrolled(np.full(50, 0.02))[0] > 0.9 * np.exp(-1), "and not much faster"


@pytest.mark.equation("11.20")
def test_variance_of_the_statistics_and_its_resting_point(rng):
    steps, v = rng.uniform(0.1, 0.7, 6), 1.7
    start, variance = 0.4, 0.4
    for step in steps:
        variance = (1 - step) ** 2 * variance + step**2 * v
    weights = unrolled(steps)
    assert variance == pytest.approx(weights[0] ** 2 * start + (weights[1:] ** 2).sum() * v)
    gamma, V = sp.symbols("gamma V", positive=True)
    (rest,) = sp.solve(V - (1 - gamma) ** 2 * V - gamma**2, V)
    assert sp.simplify(rest - gamma / (2 - gamma)) == 0
    noise = rng.normal(size=(4000, 80))
    mean = np.zeros(4000)
    for column in noise.T:
        mean = 0.8 * mean + 0.2 * column
    assert mean.var() == pytest.approx(0.2 / 1.8, rel=0.1)


@pytest.mark.equation("11.22")
def test_where_online_em_rests_the_expected_log_likelihood_is_stationary(rng):
    """The stream's law sits on thirty points with unequal weights."""
    x, model = simulated.overlapping(rng, 30, 1, 2)
    law = rng.dirichlet(np.full(30, 2.0))

    def change(theta):
        r = law[:, None] * posterior(x, theta)
        return m_step(*statistics(x, r, np.zeros((2, 1))), np.zeros((2, 1)))

    def expected(free):
        w, a, b, s, t = free
        p = w * stats.norm.pdf(x[:, 0], a, s) + (1 - w) * stats.norm.pdf(x[:, 0], b, t)
        return law @ np.log(p)

    def free(theta):
        spreads = np.sqrt(theta.covariances[:, 0, 0])
        return np.array([theta.weights[0], *theta.means[:, 0], *spreads])

    away = np.abs(optimize.approx_fprime(free(model), expected, 1e-7)).max()
    for _ in range(20000):
        previous, model = model, change(model)
        if np.abs(free(model) - free(previous)).max() < 1e-11:
            break
    at_rest = np.abs(optimize.approx_fprime(free(model), expected, 1e-7)).max()
    assert at_rest < 1e-5 < 1e-2 < away
    np.testing.assert_allclose(responsibilities(model, x), posterior(x, model), rtol=1e-9)
