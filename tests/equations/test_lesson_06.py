"""The numbered equations of lesson 6, each side computed its own way."""

import itertools

import numpy as np
import pytest
import sympy as sp
from scipy import optimize, special, stats

from em_helpers import GaussianMixture, bounds, log_likelihood, responsibilities
from em_helpers.checks import simulated
from em_helpers.datasets import faithful

DEFINITIONS = {
    "6.2": "the evidence lower bound of a joint p and of any q",
    "6.5": "the Kullback-Leibler divergence between two distributions over K values",
}

GUESS = GaussianMixture(
    [0.4, 0.6],
    [[2.5, 62.0], [4.0, 78.0]],
    [[[0.6, 4.0], [4.0, 90.0]], [[0.4, 2.0], [2.0, 60.0]]],
)


@pytest.fixture
def rng():
    return np.random.default_rng(6)


@pytest.fixture
def mixture(rng):
    """Twelve points in two dimensions and three components, in doubt between them."""
    x, model = simulated.overlapping(rng, 12, 2, 3)
    assert np.median(responsibilities(model, x).max(axis=1)) < 0.95
    return x, model


def log_joint(x, model):
    """log p(x, z_k; θ) by scipy, (n, K)."""
    columns = [
        np.log(weight) + np.atleast_1d(stats.multivariate_normal.logpdf(x, mean, covariance))
        for weight, mean, covariance in zip(*model.theta, strict=True)
    ]
    return np.column_stack(columns)


def log_p(x, model):
    return float(np.log(np.exp(log_joint(x, model)).sum(axis=1)).sum())


def posterior(x, model):
    joint = np.exp(log_joint(x, model))
    return joint / joint.sum(axis=1, keepdims=True)


def bound(x, q, model):
    """The sum (6.2), term by term."""
    a = log_joint(x, model)
    places = np.argwhere(q > 0)
    return sum(q[i, k] * (a[i, k] - np.log(q[i, k])) for i, k in places)


def divergence(q, rho):
    """The sum (6.5) over rows, as scipy has it."""
    return float(special.rel_entr(q, rho).sum())


def tables(rng, n, components):
    """Tables q of every kind: soft, with holes, hard, nearly hard."""
    soft = simulated.soft_assignments(rng, n, components)
    holes = np.where(soft < 0.6 / components, 0.0, soft)
    hard = np.eye(components)[rng.integers(0, components, n)]
    near = 0.999 * hard + 0.001 * soft
    return [soft, holes / holes.sum(axis=1, keepdims=True), hard, near]


def elsewhere(rng, model, by=0.4):
    """Other parameters near those of a model."""
    weights = model.weights * np.exp(by * rng.normal(size=model.weights.shape))
    roots = np.linalg.cholesky(model.covariances)
    roots = roots @ (np.eye(roots.shape[1]) + by * 0.3 * np.tril(rng.normal(size=roots.shape)))
    return GaussianMixture(
        weights / weights.sum(),
        model.means + by * rng.normal(size=model.means.shape),
        roots @ roots.transpose(0, 2, 1),
    )


@pytest.mark.equation("6.1")
@pytest.mark.parametrize(
    ("f", "second"),
    [
        (np.log, lambda u: -1 / u**2),
        (np.sqrt, lambda u: -1 / (4 * u**1.5)),
        (special.entr, lambda u: -1 / u),
        (lambda u: -(u**4), lambda u: -12 * u**2),
    ],
)
def test_jensens_inequality(rng, f, second):
    for _ in range(200):
        w, u = rng.dirichlet(np.full(4, 0.7)), rng.uniform(0.05, 5, 4)
        assert f(w @ u) > w @ f(u)
        np.testing.assert_allclose(f(np.full(4, u[0]) @ w), f(u[0]), rtol=1e-12)
    near = 1.7 + 1e-3 * rng.normal(size=4)
    variance = w @ (near - w @ near) ** 2
    gap = f(w @ near) - w @ f(near)
    np.testing.assert_allclose(gap, -0.5 * second(1.7) * variance, rtol=2e-2)


@pytest.mark.equation("6.1")
def test_tangents_lie_above_a_function_whose_derivative_falls():
    u, m = sp.symbols("u m", positive=True)
    above = sp.log(m) + (u - m) / m - sp.log(u)
    assert sp.solve(sp.diff(above, u), u) == [m]
    assert sp.simplify(above.subs(u, m)) == 0
    assert sp.simplify(sp.diff(above, u, 2) - 1 / u**2) == 0


@pytest.mark.equation("6.3")
def test_the_bound_is_expectation_plus_entropy(rng, mixture):
    x, model = mixture
    a = log_joint(x, model)
    for q in tables(rng, 12, 3):
        entropy = sum(stats.entropy(row) for row in q)
        assert -1e-12 <= entropy <= 12 * np.log(3)
        np.testing.assert_allclose(bounds.entropy(q), entropy, atol=1e-10)
        np.testing.assert_allclose(bound(x, q, model), (q * a).sum() + entropy, rtol=1e-10)
        np.testing.assert_allclose(bounds.elbo(model, x, q), bound(x, q, model), rtol=1e-10)
    np.testing.assert_allclose(bounds.entropy(np.full((12, 3), 1 / 3)), 12 * np.log(3))


@pytest.mark.equation("6.3")
def test_the_bound_is_an_average_over_labels_drawn_from_q(rng, mixture):
    x, model = mixture
    q = simulated.soft_assignments(rng, 12, 3)
    terms = log_joint(x, model) - np.log(q)
    draws = np.stack([rng.choice(3, 40_000, p=row) for row in q])
    values = np.take_along_axis(terms, draws, axis=1).sum(axis=0)
    assert abs(values.mean() - bounds.elbo(model, x, q)) < 5 * values.std() / 200


@pytest.mark.equation("6.4")
def test_it_is_a_lower_bound(rng, mixture):
    x, model = mixture
    np.testing.assert_allclose(log_likelihood(model, x), log_p(x, model), rtol=1e-10)
    for _ in range(50):
        for q in tables(rng, 12, 3):
            assert bounds.elbo(model, x, q) < log_p(x, model)


@pytest.mark.equation("6.4")
def test_it_is_minus_infinity_where_q_picks_the_impossible(rng, mixture):
    x, base = mixture
    model = GaussianMixture([0.35, 0.0, 0.65], base.means, base.covariances)
    assert bounds.elbo(model, x, simulated.soft_assignments(rng, 12, 3)) == -np.inf
    without = posterior(x, GaussianMixture([0.5, 0.5], base.means[::2], base.covariances[::2]))
    q = np.insert(without, 1, 0.0, axis=1)
    assert -np.inf < bounds.elbo(model, x, q) < log_likelihood(model, x)


@pytest.mark.equation("6.6")
def test_a_divergence_is_positive_unless_both_are_one(rng):
    for _ in range(300):
        rho = rng.dirichlet(np.full(5, 0.6), 1)
        for q in tables(rng, 1, 5):
            pinsker = 0.5 * np.abs(q - rho).sum() ** 2
            assert divergence(q, rho) >= pinsker > 0
        assert divergence(rho, rho) == 0
    holes = np.array([0.0, 0.3, 0.0, 0.7])
    assert divergence(holes, holes) == 0


@pytest.mark.equation("6.6")
def test_one_ratio_where_q_is_positive_is_not_enough(rng):
    rho = rng.dirichlet(np.ones(4))
    q = np.where([True, False, True, False], rho, 0.0)
    q /= q.sum()
    assert np.ptp(rho[q > 0] / q[q > 0]) < 1e-12
    np.testing.assert_allclose(divergence(q, rho), -np.log(rho[q > 0].sum()))
    assert divergence(q, rho) > 0


@pytest.mark.equation("6.7")
def test_bound_and_divergence_make_log_p_symbolically():
    joint = sp.symbols("a:3", positive=True)
    q0, q1 = sp.symbols("q:2", positive=True)
    q = (q0, q1, 1 - q0 - q1)
    evidence = sum(joint)
    L = sum(share * (sp.log(a) - sp.log(share)) for share, a in zip(q, joint, strict=True))
    KL = sum(
        share * (sp.log(share) - sp.log(a) + sp.log(evidence))
        for share, a in zip(q, joint, strict=True)
    )
    assert sp.expand(KL + L - sp.log(evidence)) == 0


@pytest.mark.equation("6.7")
def test_bound_and_divergence_make_log_p(rng, mixture):
    x, model = mixture
    for q in tables(rng, 12, 3):
        KL = divergence(q, posterior(x, model))
        np.testing.assert_allclose(KL + bound(x, q, model), log_p(x, model), rtol=1e-10)
        np.testing.assert_allclose(bounds.kl_to_posterior(model, x, q), KL, rtol=1e-8)


def best_table(x, model, start):
    """The q that maximises the bound, found by an optimiser over log-odds."""
    shape = start.shape

    def minus_bound(odds):
        return -bound(x, special.softmax(odds.reshape(shape), axis=1), model)

    found = optimize.minimize(minus_bound, np.log(start).ravel(), tol=1e-12)
    return special.softmax(found.x.reshape(shape), axis=1), -found.fun


@pytest.mark.equation("6.8")
@pytest.mark.equation("6.10")
def test_the_best_q_is_the_posterior_and_makes_the_bound_tight(rng, mixture):
    x, model = mixture
    q, height = best_table(x[:4], model, simulated.soft_assignments(rng, 4, 3))
    np.testing.assert_allclose(q, responsibilities(model, x[:4]), atol=1e-4)
    np.testing.assert_allclose(height, log_p(x[:4], model), atol=1e-7)
    assert np.exp(np.log(q)).sum(axis=1) == pytest.approx(1)
    assert (np.log(q).sum(axis=1) < 0).all()  # the logs of a posterior are no distribution


@pytest.mark.equation("6.8")
def test_away_from_the_posterior_the_bound_is_strictly_lower(rng, mixture):
    x, model = mixture
    q = posterior(x, model)
    np.testing.assert_allclose(bounds.elbo(model, x, q), log_p(x, model), rtol=1e-12)
    for other in tables(rng, 12, 3):
        moved = q.copy()
        moved[5] = 0.98 * q[5] + 0.02 * other[5]
        assert bounds.elbo(model, x, moved) < log_p(x, model) - 1e-6
    dropped = np.where(q == q.min(axis=1, keepdims=True), 0.0, q)
    dropped /= dropped.sum(axis=1, keepdims=True)
    lost = -np.log1p(-q.min(axis=1)).sum()
    np.testing.assert_allclose(log_p(x, model) - bounds.elbo(model, x, dropped), lost, rtol=1e-8)


@pytest.mark.equation("6.8")
def test_a_posterior_with_zeros_is_tight_as_well(mixture):
    x, base = mixture
    model = GaussianMixture([0.35, 0.0, 0.65], base.means, base.covariances)
    q = responsibilities(model, x)
    assert (q[:, 1] == 0).all()
    np.testing.assert_allclose(bounds.elbo(model, x, q), log_likelihood(model, x), rtol=1e-12)


@pytest.mark.equation("6.9")
def test_the_gap_of_hard_labels(mixture):
    x, model = mixture
    few = x[:6]
    said = -np.log(posterior(few, model).max(axis=1)).sum()
    gaps = [
        log_p(few, model) - bound(few, np.eye(3)[list(z)], model)
        for z in itertools.product(range(3), repeat=6)
    ]
    np.testing.assert_allclose(min(gaps), said, rtol=1e-8)
    assert 0 < said < 6 * np.log(3)


@pytest.mark.equation("6.9")
def test_the_gap_of_hard_labels_is_largest_where_all_components_are_equal(mixture):
    x, base = mixture
    same = [np.tile(part[:1], (3,) + (1,) * (part.ndim - 1)) for part in base.theta[1:]]
    even = GaussianMixture(np.full(3, 1 / 3), *same)
    hard = np.eye(3)[np.zeros(12, int)]
    gap = log_p(x, even) - bound(x, hard, even)
    np.testing.assert_allclose(gap, 12 * np.log(3), rtol=1e-10)


@pytest.mark.equation("6.11")
def test_the_m_step_maximises_the_bound(rng, mixture):
    x, model = mixture
    q = posterior(x, model)
    best = model.m_step(model.statistics(x, q))
    height, apart = bound(x, q, best), []
    for by in (0.5, 0.1, 0.01):
        for _ in range(40):
            other = elsewhere(rng, best, by)
            assert bound(x, q, other) < height
            apart.append(bound(x, q, other) - (q * log_joint(x, other)).sum())
    assert np.ptp(apart) < 1e-9


def expressions():
    """The bound of the lesson's one-row problem from (6.2), and its symbols."""
    x, theta = sp.symbols("x theta", real=True)
    q, pi = sp.symbols("q pi_0", positive=True)

    def log_normal(mean):
        return -((x - mean) ** 2) / 2 - sp.log(2 * sp.pi) / 2

    L = q * (sp.log(pi) + log_normal(theta) - sp.log(q))
    L += (1 - q) * (sp.log(1 - pi) + log_normal(-theta) - sp.log(1 - q))
    return x, theta, q, pi, L


@pytest.mark.equation("6.12")
def test_the_bound_of_one_row_is_a_parabola():
    x, theta, q, pi, L = expressions()
    top = (2 * q - 1) * x
    said = -((theta - top) ** 2) / 2 + top**2 / 2 - x**2 / 2 - sp.log(2 * sp.pi) / 2
    said += q * (sp.log(pi) - sp.log(q)) + (1 - q) * (sp.log(1 - pi) - sp.log(1 - q))
    assert sp.expand(L - said) == 0


@pytest.mark.equation("6.12")
def test_the_bound_of_one_row_is_that_of_a_gaussian_mixture(rng):
    x, theta, q, pi, L = expressions()
    height = sp.lambdify((x, theta, q, pi), L)
    for seen, mean, share, weight in rng.uniform(0.05, 0.95, (20, 4)) * [4, 3, 1, 1] - [2, 1, 0, 0]:
        model = GaussianMixture([weight, 1 - weight], [[mean], [-mean]], np.ones((2, 1, 1)))
        ours = bounds.elbo(model, [[seen]], [[share, 1 - share]])
        np.testing.assert_allclose(ours, height(seen, mean, share, weight), rtol=1e-10)


@pytest.mark.equation("6.13")
def test_the_half_steps_of_one_row():
    x, theta, q, pi, L = expressions()
    (top,) = sp.solve(sp.diff(L, theta), theta)
    assert sp.expand(top - (2 * q - 1) * x) == 0
    best = 1 / (1 + (1 - pi) / pi * sp.exp(-2 * theta * x))
    slope = sp.lambdify((x, theta, q, pi), sp.diff(L, q))
    share = sp.lambdify((x, theta, pi), best)
    for at in ((1.3, -0.1, 0.6), (-0.7, 1.1, 0.25), (2.2, 0.4, 0.9)):
        assert abs(slope(at[0], at[1], share(*at), at[2])) < 1e-10
        assert slope(at[0], at[1], share(*at) + 1e-3, at[2]) < 0


@pytest.mark.equation("6.13")
def test_the_lessons_problem_has_two_tops_and_a_saddle():
    def turn(q):
        return special.expit(2 * 1.3**2 * (2 * q - 1) + np.log(1.5)) - q

    grid = np.linspace(1e-6, 1 - 1e-6, 2001)
    signs = np.sign(turn(grid))
    places = np.flatnonzero(signs[:-1] != signs[1:])
    low, middle, high = (optimize.brentq(turn, grid[i], grid[i + 1]) for i in places)
    determinants = [1 / (q * (1 - q)) - 4 * 1.3**2 for q in (low, middle, high)]
    assert [d > 0 for d in determinants] == [True, False, True]
    np.testing.assert_allclose([low, high], [0.08, 0.97], atol=0.01)
    np.testing.assert_allclose(1.3 * (2 * np.array([low, high]) - 1), [-1.09, 1.23], atol=0.01)


@pytest.mark.equation("6.14")
def test_the_chain_line_by_line(rng):
    for n, d, components in ((30, 2, 3), (40, 1, 2), (60, 3, 2)):
        x, base = simulated.overlapping(rng, n, d, components)
        model = elsewhere(rng, base)
        q = posterior(x, model)
        after = model.m_step(model.statistics(x, q))
        lines = [
            log_p(x, model),
            bound(x, q, model),
            bound(x, q, after),
            log_p(x, after) - divergence(q, posterior(x, after)),
            log_p(x, after),
        ]
        np.testing.assert_allclose(lines[0], lines[1], rtol=1e-10)
        assert lines[1] < lines[2] - 1e-3
        np.testing.assert_allclose(lines[2], lines[3], rtol=1e-10)
        assert lines[3] < lines[4] - 1e-6


@pytest.mark.equation("6.14")
def test_the_chain_in_the_lessons_numbers():
    x = faithful()
    q = posterior(x, GUESS)
    after = GUESS.m_step(GUESS.statistics(x, q))
    lines = [log_p(x, GUESS), bound(x, q, after), log_p(x, after)]
    np.testing.assert_allclose(lines, [-1276.2, -1186.5, -1166.1], atol=0.05)


@pytest.mark.equation("6.15")
def test_what_log_p_gains_from_a_tight_bound(rng, mixture):
    x, model = mixture
    q = posterior(x, model)
    for by in (0.05, 0.3, 0.8):
        other = elsewhere(rng, model, by)
        gain = bound(x, q, other) - bound(x, q, model) + divergence(q, posterior(x, other))
        np.testing.assert_allclose(log_p(x, other) - log_p(x, model), gain, atol=1e-8)


@pytest.mark.equation("6.15")
def test_the_bound_may_stay_tight_and_log_p_may_stay_where_it_is():
    x = faithful()
    model = GaussianMixture([0.3, 0.7], [[3.0, 60.0]] * 2, [[[1.0, 0.0], [0.0, 100.0]]] * 2)
    for expected in (457.2, 0.0):
        q = posterior(x, model)
        after = model.m_step(model.statistics(x, q))
        assert bounds.kl_to_posterior(after, x, q) < 1e-9
        np.testing.assert_allclose(log_p(x, after) - log_p(x, model), expected, atol=0.05)
        model = after
    assert log_likelihood(model, x) < -1289 < -1131


@pytest.mark.equation("6.16")
def test_the_gap_at_every_theta(rng, mixture):
    x, model = mixture
    q = posterior(x, model)
    assert abs(log_p(x, model) - bound(x, q, model)) < 1e-9
    for by in (0.02, 0.1, 0.5, 0.8) * 5:
        other = elsewhere(rng, model, by)
        gap = log_p(x, other) - bound(x, q, other)
        assert gap > 0
        np.testing.assert_allclose(gap, divergence(q, posterior(x, other)), rtol=1e-6, atol=1e-9)


@pytest.mark.equation("6.17")
def test_the_bound_has_the_slope_of_log_p(rng, mixture):
    x, model = mixture
    q = posterior(x, model)
    for _ in range(8):
        other = elsewhere(rng, model, 1.0)
        steps = [new - old for old, new in zip(model.theta, other.theta, strict=True)]

        def at(t, steps=steps):
            moved = (old + t * step for old, step in zip(model.theta, steps, strict=True))
            return GaussianMixture(*moved)

        slope_p = (log_p(x, at(1e-5)) - log_p(x, at(-1e-5))) / 2e-5
        slope_L = (bound(x, q, at(1e-5)) - bound(x, q, at(-1e-5))) / 2e-5
        np.testing.assert_allclose(slope_L, slope_p, atol=1e-5)
        elsewhere_L = (bound(x, q, at(0.2)) - bound(x, q, at(0.19))) / 0.01
        elsewhere_p = (log_p(x, at(0.2)) - log_p(x, at(0.19))) / 0.01
        assert abs(elsewhere_L - elsewhere_p) > 1e-3
        bends = [divergence(q, posterior(x, at(t))) / t**2 for t in (1e-3, 2e-3)]
        assert bends[0] > 0
        np.testing.assert_allclose(*bends, rtol=0.05)


@pytest.mark.equation("6.18")
def test_a_share_of_the_way_to_the_posterior_raises_the_bound(rng, mixture):
    x, model = mixture
    best = posterior(x, model)
    top = bound(x, best, model)
    for q in tables(rng, 12, 3):
        low = bound(x, q, model)
        for a in (0.03, 0.3, 0.8):
            between = bound(x, (1 - a) * q + a * best, model)
            assert between > (1 - a) * low + a * top > low


@pytest.mark.equation("6.19")
def test_partial_steps_raise_the_floor(rng, mixture):
    x, model = mixture
    q = simulated.soft_assignments(rng, 12, 3)
    for t in range(12):
        renewed = q.copy()
        rows = rng.permutation(12)[:3]
        renewed[rows] = posterior(x, model)[rows]
        best = model.m_step(model.statistics(x, renewed))
        after = best if t % 2 else GaussianMixture(best.weights, best.means, model.covariances)
        heights = [bound(x, q, model), bound(x, renewed, model), bound(x, renewed, after)]
        assert heights == sorted(heights)
        assert heights[2] <= log_p(x, after)
        q, model = renewed, after


@pytest.mark.equation("6.20")
def test_what_log_p_gains_at_any_q(rng, mixture):
    x, model = mixture
    for q in tables(rng, 12, 3):
        other = elsewhere(rng, model, 0.7)
        gain = bound(x, q, other) - bound(x, q, model)
        gain += divergence(q, posterior(x, other)) - divergence(q, posterior(x, model))
        np.testing.assert_allclose(log_p(x, other) - log_p(x, model), gain, atol=1e-8)


@pytest.mark.equation("6.20")
def test_log_p_falls_after_a_partial_e_step_in_the_problem_of_one_row():
    def model(theta):
        return GaussianMixture([0.6, 0.4], [[theta], [-theta]], np.ones((2, 1, 1)))

    x, old = np.array([[1.3]]), np.array([[0.2, 0.8]])
    half = 0.5 * (old + posterior(x, model(1.2)))
    theta = 1.3 * (2 * half[0, 0] - 1)
    heights = [bound(x, old, model(1.2)), bound(x, half, model(1.2)), bound(x, half, model(theta))]
    np.testing.assert_allclose(heights, [-3.755, -2.217, -1.740], atol=1e-3)
    falls = log_p(x, model(1.2)), log_p(x, model(theta))
    np.testing.assert_allclose(falls, [-1.406, -1.693], atol=1e-3)


@pytest.mark.equation("6.20")
def test_log_p_falls_in_incremental_em_on_old_faithful_and_the_bound_does_not():
    x, model, q = faithful(), GUESS, np.full((272, 2), 0.5)
    heights, tops = [bound(x, q, model)], [log_p(x, model)]
    for t in range(9):
        q[t % 2 :: 2] = posterior(x, model)[t % 2 :: 2]
        heights.append(bound(x, q, model))
        model = model.m_step(model.statistics(x, q))
        heights.append(bound(x, q, model))
        tops.append(log_p(x, model))
    assert heights == sorted(heights)
    np.testing.assert_allclose(tops[:4], [-1276.2, -1278.3, -1226.5, -1227.3], atol=0.05)
    assert tops[-1] > -1150
