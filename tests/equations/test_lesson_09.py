"""The numbered equations of lesson 9, each side computed its own way."""

import itertools

import numpy as np
import pytest
import sympy as sp
from scipy import integrate, optimize, special, stats

from em_helpers import (
    GaussianMixture,
    NormalWithMissing,
    PartlyLabelled,
    fit,
    log_likelihood,
    responsibilities,
)
from em_helpers.checks import simulated

DEFINITIONS = {
    "9.1": "the probabilities and counts of the four cells",
    "9.7": "the mechanism p(s | x; ψ), the factor beside p(x; θ)",
    "9.9": "missing completely at random",
    "9.10": "missing at random",
    "9.14": "the residual u and the regression coefficients B",
}


@pytest.fixture
def rng():
    return np.random.default_rng(9)


@pytest.fixture
def normal(rng):
    """A mean and a covariance in five dimensions, and which entries are observed."""
    _, model = simulated.mixture(rng, 1, 5, 1)
    return model.means[0], model.covariances[0], np.array([False, True, True, False, True])


@pytest.fixture
def holed(rng):
    """Thirty rows of three columns with gaps, and some parameters that are not their fit."""
    x, model = simulated.mixture(rng, 30, 3, 1)
    lost = rng.random(x.shape) < 0.35
    lost[np.arange(30), rng.integers(0, 3, 30)] = False
    _, other = simulated.mixture(rng, 1, 3, 1)
    return np.where(lost, np.nan, x), (model.means[0], model.covariances[0]), (
        other.means[0], other.covariances[0],
    )  # fmt: skip


@pytest.fixture
def pairs(rng):
    """Pairs of which the second entry is lost depending on the first."""
    x = rng.multivariate_normal([1.0, -2.0], [[2.0, 1.5], [1.5, 3.0]], 60)
    x[rng.random(60) < special.expit(x[:, 0] - 1), 1] = np.nan
    return x


def cells(theta):
    return np.array([0.5 + theta / 4, (1 - theta) / 4, (1 - theta) / 4, theta / 4])


def conditional(row, mean, covariance):
    """Mean and covariance of the gaps, by the precision matrix: not the way of (9.16)."""
    gap = np.isnan(row)
    precision = np.linalg.inv(covariance)
    block = np.linalg.inv(precision[np.ix_(gap, gap)])
    return mean[gap] - block @ precision[np.ix_(gap, ~gap)] @ (row - mean)[~gap], block


def average(row, mean, covariance, function, nodes=5):
    """E[function(x)] given the recorded entries, by Gauss-Hermite quadrature over the gaps."""
    gap = np.isnan(row)
    centre, block = conditional(row, mean, covariance)
    root = np.linalg.cholesky(block)
    places, weights = np.polynomial.hermite_e.hermegauss(nodes)
    weights, total = weights / weights.sum(), 0.0
    for index in itertools.product(range(nodes), repeat=int(gap.sum())):
        full = row.copy()
        full[gap] = centre + root @ places[list(index)]
        total = total + np.prod(weights[list(index)]) * function(full)
    return total


def objective(x, mean, covariance, old):
    """𝒬(θ | θ_t), row by row by quadrature."""
    log_density = stats.multivariate_normal(mean, covariance).logpdf
    return sum(average(row, *old, log_density) for row in x)


def recorded_log_likelihood(x, mean, covariance):
    total = 0.0
    for row in x:
        o = ~np.isnan(row)
        total += stats.multivariate_normal(mean[o], covariance[np.ix_(o, o)]).logpdf(row[o])
    return total


def m_step(x, old):
    """(9.21) from conditional moments by the precision matrix."""
    filled, doubt = x.copy(), np.zeros((x.shape[1],) * 2)
    for row in filled:
        gap = np.isnan(row)
        centre, block = conditional(row, *old)
        row[gap] = centre
        doubt[np.ix_(gap, gap)] += block
    mean = sum(filled) / len(x)
    return mean, (sum(np.outer(row - mean, row - mean) for row in filled) + doubt) / len(x)


def least_squares(x):
    """Intercept, slope and mean squared residual of the recorded pairs."""
    whole = x[~np.isnan(x[:, 1])]
    design = np.column_stack([np.ones(len(whole)), whole[:, 0]])
    coefficients, *_ = np.linalg.lstsq(design, whole[:, 1])
    return *coefficients, np.mean((whole[:, 1] - design @ coefficients) ** 2)


@pytest.mark.equation("9.2")
def test_linkage_log_likelihood_is_that_of_the_multinomial_up_to_a_constant():
    counts = np.array([31, 7, 12, 5])
    exact = [stats.multinomial(55, cells(t)).logpmf(counts) for t in (0.2, 0.7, 0.93)]
    short = [31 * np.log(2 + t) + 19 * np.log(1 - t) + 5 * np.log(t) for t in (0.2, 0.7, 0.93)]
    np.testing.assert_allclose(np.diff(exact), np.diff(short), rtol=1e-10)


@pytest.mark.equation("9.3")
def test_the_hidden_count_is_binomial():
    counts, theta = np.array([9, 3, 2, 4]), 0.37
    five = np.array([0.5, theta / 4, *cells(theta)[1:]])
    z = np.arange(10)
    joint = np.array([stats.multinomial(18, five).pmf([9 - k, k, 3, 2, 4]) for k in z])
    np.testing.assert_allclose(joint.sum(), stats.multinomial(18, cells(theta)).pmf(counts))
    posterior = joint / joint.sum()
    share = theta / (2 + theta)
    formula = special.binom(9, z) * share**z * (2 / (2 + theta)) ** (9 - z)
    np.testing.assert_allclose(posterior, formula, rtol=1e-10)
    assert posterior @ z == pytest.approx(9 * theta / (2 + theta), rel=1e-12)


@pytest.mark.equation("9.4")
def test_linkage_m_step_maximises_the_expectation():
    expected, counts = 3.7, np.array([9, 3, 2, 4])

    def fall(t):
        return -((expected + 4) * np.log(t) + 5 * np.log(1 - t))

    best = optimize.minimize_scalar(fall, bounds=(1e-6, 1 - 1e-6), options={"xatol": 1e-10}).x
    assert best == pytest.approx((expected + 4) / (expected + counts[1:].sum()), rel=1e-6)


@pytest.mark.equation("9.5")
def test_linkage_score_is_a_quadratic():
    a, b, c, d, t = sp.symbols("a b c d theta", positive=True)
    score = sp.diff(a * sp.log(2 + t) + (b + c) * sp.log(1 - t) + d * sp.log(t), t)
    quadratic = (a + b + c + d) * t**2 - (a - 2 * (b + c) - d) * t - 2 * d
    assert sp.simplify(-score * t * (1 - t) * (2 + t) - quadratic) == 0
    root = max(np.roots([197, -15, -68]))
    assert root == pytest.approx(0.626821498, abs=5e-10)


@pytest.mark.equation("9.6")
def test_linkage_rate():
    a, b, c, d, t = sp.symbols("a b c d theta", positive=True)
    g = a * t / (2 + t)
    step = (g + d) / (g + b + c + d)
    formula = 2 * a / (2 + t) ** 2 * (b + c) / (g + b + c + d) ** 2
    assert sp.simplify(sp.diff(step, t) - formula) == 0
    value = formula.subs({a: 125, b: 18, c: 20, d: 34, t: (15 + sp.sqrt(53809)) / 394})
    assert float(value) == pytest.approx(0.1328, abs=5e-5)


def discrete(rng, at_random):
    """p(x) of two binary variables, and the mechanism p(s | x) for s = 11, 10, 01, 00."""
    density = rng.dirichlet(np.ones(4) * 2).reshape(2, 2)
    mechanism = rng.dirichlet(np.ones(4) * 2, size=(2, 2))
    if at_random:
        # What loses x₂ looks at x₁ alone, what loses x₁ at x₂, what loses both at neither.
        base = rng.uniform(0.05, 0.3, 2), rng.uniform(0.05, 0.3, 2), 0.17
        for i, j in np.ndindex(2, 2):
            lost = [base[0][i], base[1][j], base[2]]
            mechanism[i, j] = [1 - sum(lost), *lost]
    return density, mechanism


PATTERNS = ((1, 1), (1, 0), (0, 1), (0, 0))


def same_recorded(pattern, x, y):
    return all(a == b for seen, a, b in zip(pattern, x, y, strict=True) if seen)


@pytest.mark.equation("9.8")
def test_what_was_recorded_has_the_summed_density(rng):
    density, mechanism = discrete(rng, at_random=False)
    draws = rng.choice(4, size=200_000, p=density.ravel())
    x = np.column_stack([draws // 2, draws % 2])
    s = np.array([rng.choice(4, p=mechanism[tuple(row)]) for row in x[:20_000]])
    summed = density[1] @ mechanism[1, :, 1]
    seen = np.mean((s == 1) & (x[:20_000, 0] == 1))
    assert seen == pytest.approx(summed, abs=5 * np.sqrt(summed / 20_000))


@pytest.mark.equation("9.11")
def test_the_mechanism_factors_out_if_missing_at_random(rng):
    def apart(density, mechanism):
        worst = 0.0
        for number, pattern in enumerate(PATTERNS):
            for x in np.ndindex(2, 2):
                same = [y for y in np.ndindex(2, 2) if same_recorded(pattern, x, y)]
                whole = sum(density[y] * mechanism[y][number] for y in same)
                factors = mechanism[x][number] * sum(density[y] for y in same)
                worst = max(worst, abs(whole - factors))
        return worst

    assert apart(*discrete(rng, at_random=True)) < 1e-15
    assert apart(*discrete(rng, at_random=False)) > 1e-3


@pytest.mark.equation("9.12")
def test_the_posterior_forgets_the_mechanism_if_missing_at_random(rng):
    def posteriors(density, mechanism):
        with_s = density[1] * mechanism[1, :, 1]
        return with_s / with_s.sum(), density[1] / density[1].sum()

    np.testing.assert_allclose(*posteriors(*discrete(rng, at_random=True)), rtol=1e-12)
    with_s, without = posteriors(*discrete(rng, at_random=False))
    assert abs(with_s - without).max() > 0.01


def recorded_law(density, mechanism):
    """p(x_o, s) for each pattern, at every x that shows these x_o."""
    joint = density[:, :, None] * mechanism
    return [
        np.broadcast_to(
            joint[:, :, number].sum(
                axis=tuple(axis for axis in (0, 1) if not pattern[axis]), keepdims=True
            ),
            (2, 2),
        )
        for number, pattern in enumerate(PATTERNS)
    ]


@pytest.mark.equation("9.13")
def test_a_mechanism_missing_at_random_leaves_the_same_records_as_one_that_is_not(rng):
    density, mechanism = discrete(rng, at_random=False)
    recorded = recorded_law(density, mechanism)
    # The maximum of Σ p(x_o, s) log p(x_o) over all densities of x, by EM; its mechanism follows.
    other, everywhere = np.full((2, 2), 0.25), np.ones((2, 2, 1))
    for _ in range(5000):
        shown = recorded_law(other, np.tile(everywhere, 4))
        other = other * sum(law / seen for law, seen in zip(recorded, shown, strict=True))
    shown = recorded_law(other, np.tile(everywhere, 4))
    at_random = np.stack([a / b for a, b in zip(recorded, shown, strict=True)], axis=2)
    np.testing.assert_allclose(at_random.sum(axis=2), 1, rtol=1e-9)  # it is a mechanism
    np.testing.assert_allclose(recorded_law(other, at_random), recorded, rtol=1e-12)
    assert abs(other - density).max() > 0.01
    for number, pattern in enumerate(PATTERNS):  # (9.10): no value that was not recorded
        for axis in (0, 1):
            if not pattern[axis]:
                assert np.ptp(at_random[:, :, number], axis=axis).max() < 1e-12
    assert np.ptp(mechanism[:, :, 1], axis=1).max() > 0.01  # the true one looks at the lost x₂


@pytest.mark.equation("9.15")
def test_the_residual_is_uncorrelated_with_what_was_observed(normal):
    _, covariance, o = normal
    B = covariance[np.ix_(~o, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
    to_residual = np.zeros((2, 5))
    to_residual[:, ~o] = np.eye(2)
    to_residual[:, o] = -B
    np.testing.assert_allclose(to_residual @ covariance[:, o], 0, atol=1e-12)
    formula = covariance[np.ix_(~o, ~o)] - B @ covariance[np.ix_(o, ~o)]
    np.testing.assert_allclose(to_residual @ covariance @ to_residual.T, formula, rtol=1e-10)


@pytest.mark.equation("9.16")
def test_the_conditional_density_is_the_joint_over_the_marginal(rng, normal):
    mean, covariance, o = normal
    inverse = np.linalg.inv(covariance[np.ix_(o, o)])
    B = covariance[np.ix_(~o, o)] @ inverse
    spread = covariance[np.ix_(~o, ~o)] - B @ covariance[np.ix_(o, ~o)]
    for x in rng.normal(size=(4, 5)):
        ratio = stats.multivariate_normal(mean, covariance).logpdf(x)
        ratio -= stats.multivariate_normal(mean[o], covariance[np.ix_(o, o)]).logpdf(x[o])
        centre = mean[~o] + B @ (x[o] - mean[o])
        assert stats.multivariate_normal(centre, spread).logpdf(x[~o]) == pytest.approx(ratio)


@pytest.mark.equation("9.17")
def test_the_conditional_covariance_inverts_a_block_of_the_precision():
    a, b, c, d, e, f = sp.symbols("a b c d e f", real=True)
    S = sp.Matrix([[a, b, c], [b, d, e], [c, e, f]])
    schur = S[:2, :2] - S[:2, 2] * S[2, :2] / f
    assert sp.simplify(S.inv()[:2, :2].inv() - schur) == sp.zeros(2)


@pytest.mark.equation("9.18")
def test_the_expected_log_likelihood_needs_two_moments(holed):
    x, old, (mean, covariance) = holed
    total = np.zeros((3, 3))
    for row in x:
        first = average(row, *old, lambda full: full)
        second = average(row, *old, lambda full: np.outer(full, full))
        total += second - np.outer(mean, first) - np.outer(first, mean) + np.outer(mean, mean)
    formula = -len(x) / 2 * np.linalg.slogdet(2 * np.pi * covariance)[1]
    formula -= np.trace(np.linalg.inv(covariance) @ total) / 2
    assert objective(x, mean, covariance, old) == pytest.approx(formula, rel=1e-10)


@pytest.mark.equation("9.19", "9.20")
def test_expected_row_and_expected_square(holed):
    x, (mean, covariance), _ = holed
    for row in x[:12]:
        o = ~np.isnan(row)
        B = covariance[np.ix_(~o, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
        filled = row.copy()
        filled[~o] = mean[~o] + B @ (row[o] - mean[o])
        doubt = np.zeros((3, 3))
        doubt[np.ix_(~o, ~o)] = covariance[np.ix_(~o, ~o)] - B @ covariance[np.ix_(o, ~o)]
        first = average(row, mean, covariance, lambda full: full)
        second = average(row, mean, covariance, lambda full: np.outer(full, full))
        np.testing.assert_allclose(filled, first, rtol=1e-9)
        np.testing.assert_allclose(np.outer(filled, filled) + doubt, second, rtol=1e-9, atol=1e-9)


@pytest.mark.equation("9.21")
def test_the_m_step_is_the_highest_point(rng, holed):
    x, old, _ = holed
    mean, covariance = m_step(x, old)
    second = sum(average(row, *old, lambda full: np.outer(full, full)) for row in x) / len(x)
    np.testing.assert_allclose(covariance, second - np.outer(mean, mean), rtol=1e-9)
    top = objective(x, mean, covariance, old)
    for size in (1e-3, 0.03, 0.3):
        for _ in range(4):
            tilt = np.eye(3) + size * rng.normal(size=(3, 3))
            moved = mean + size * rng.normal(size=3), tilt @ covariance @ tilt.T
            assert objective(x, *moved, old) < top


@pytest.mark.equation("9.22")
def test_the_likelihood_of_recorded_entries_is_the_integral_over_gaps():
    mean, covariance = np.array([0.4, -1.0]), np.array([[1.3, 0.8], [0.8, 2.1]])
    joint = stats.multivariate_normal(mean, covariance).pdf
    x = np.array([[0.9, np.nan], [np.nan, 0.3], [-0.2, 1.1]])
    first = integrate.quad(lambda v: joint([0.9, v]), -14, 12)[0]
    second = integrate.quad(lambda v: joint([v, 0.3]), -12, 13)[0]
    whole = np.log(first) + np.log(second) + np.log(joint(x[2]))
    assert recorded_log_likelihood(x, mean, covariance) == pytest.approx(whole, rel=1e-9)
    assert NormalWithMissing(mean, covariance).e_step(x).log_likelihood == pytest.approx(whole)


@pytest.mark.equation("9.23")
def test_the_climb_is_the_gain_in_the_objective_and_a_divergence(holed):
    x, old, new = holed
    divergence = 0.0
    for row in x:
        (m0, C0), (m1, C1) = conditional(row, *old), conditional(row, *new)
        ratio = np.linalg.solve(C1, C0)
        step = m1 - m0
        divergence += 0.5 * (
            np.trace(ratio) - len(m0) - np.linalg.slogdet(ratio)[1]
            + step @ np.linalg.solve(C1, step)
        )  # fmt: skip
    gained = recorded_log_likelihood(x, *new) - recorded_log_likelihood(x, *old)
    assert divergence > 0.1
    assert gained == pytest.approx(objective(x, *new, old) - objective(x, *old, old) + divergence)


@pytest.mark.equation("9.24")
def test_the_likelihood_of_pairs_falls_into_two(pairs):
    mean, covariance = np.array([0.8, -1.7]), np.array([[1.9, 1.1], [1.1, 2.6]])
    slope = covariance[0, 1] / covariance[0, 0]
    intercept = mean[1] - slope * mean[0]
    rest = covariance[1, 1] - slope * covariance[0, 1]
    seen = ~np.isnan(pairs[:, 1])
    line = intercept + slope * pairs[seen, 0]
    two = stats.norm(mean[0], np.sqrt(covariance[0, 0])).logpdf(pairs[:, 0]).sum()
    two += stats.norm(line, np.sqrt(rest)).logpdf(pairs[seen, 1]).sum()
    assert recorded_log_likelihood(pairs, mean, covariance) == pytest.approx(two, rel=1e-12)


@pytest.mark.equation("9.25")
def test_em_ends_at_the_closed_form(pairs):
    intercept, slope, rest = least_squares(pairs)
    centre, spread = pairs[:, 0].mean(), pairs[:, 0].var()
    start = NormalWithMissing.from_observed(pairs)
    model = fit(start, pairs, tol=1e-13, max_iterations=5000).model
    np.testing.assert_allclose(model.mean, [centre, intercept + slope * centre], rtol=1e-5)
    expected = [[spread, slope * spread], [slope * spread, rest + slope**2 * spread]]
    np.testing.assert_allclose(model.covariance, expected, rtol=1e-5)


@pytest.mark.equation("9.26")
def test_what_forgetting_the_conditional_covariance_costs(pairs):
    intercept, slope, rest = least_squares(pairs)
    spread, share = pairs[:, 0].var(), np.mean(~np.isnan(pairs[:, 1]))
    filled = np.where(np.isnan(pairs), 0.3, pairs)
    for _ in range(3000):
        b, a = np.polyfit(filled[:, 0], filled[:, 1], 1)
        filled[:, 1] = np.where(np.isnan(pairs[:, 1]), a + b * pairs[:, 0], pairs[:, 1])
    covariance = np.cov(filled.T, bias=True)
    assert (a, b) == pytest.approx((intercept, slope), rel=1e-8)
    assert covariance[0, 1] == pytest.approx(slope * spread, rel=1e-8)
    assert covariance[1, 1] == pytest.approx(share * rest + slope**2 * spread, rel=1e-8)
    right = rest + slope**2 * spread
    assert covariance[1, 1] == pytest.approx(right - (1 - share) * rest, rel=1e-8)


@pytest.mark.equation("9.27")
def test_what_filling_in_means_costs(pairs):
    whole = pairs[~np.isnan(pairs[:, 1])]
    filled = np.where(np.isnan(pairs), whole[:, 1].mean(), pairs)
    share = len(whole) / len(pairs)
    assert filled[:, 1].mean() == pytest.approx(whole[:, 1].mean(), rel=1e-12)
    after, before = np.cov(filled.T, bias=True), np.cov(whole.T, bias=True)
    np.testing.assert_allclose(after[1], share * before[1], rtol=1e-10)


@pytest.mark.equation("9.28")
def test_a_shift_of_the_missing_moves_the_mean_by_their_share(pairs):
    start = NormalWithMissing.from_observed(pairs)
    model = fit(start, pairs, tol=1e-13, max_iterations=5000).model
    gap, shift = np.isnan(pairs[:, 1]), 1.7
    filled = model.posterior(pairs).means[:, 1]
    moved = np.mean(filled + shift * gap)
    assert moved == pytest.approx(model.mean[1] + gap.mean() * shift, rel=1e-6)


@pytest.mark.equation("9.29", "9.30")
def test_likelihood_and_posterior_of_what_was_recorded_with_some_labels(rng):
    x, model = simulated.overlapping(rng, 5, 2, 3)
    labels = np.array([-1, 2, -1, 0, 1])
    log_p = model.log_joint(x)
    weight, shares = 0.0, np.zeros((5, 3))
    for z in itertools.product(range(3), repeat=5):
        if all(label in (-1, k) for label, k in zip(labels, z, strict=True)):
            joint = np.exp(log_p[np.arange(5), z].sum())
            weight += joint
            shares += joint * np.eye(3)[list(z)]
    known = labels >= 0
    formula = log_p[known, labels[known]].sum() + special.logsumexp(log_p[~known], axis=1).sum()
    assert formula == pytest.approx(np.log(weight), rel=1e-12)
    data = np.column_stack([x, labels])
    assert log_likelihood(PartlyLabelled(model), data) == pytest.approx(formula, rel=1e-12)
    expected = shares / weight
    np.testing.assert_allclose(expected[[1, 3, 4]], np.eye(3)[[2, 0, 1]], atol=1e-12)
    np.testing.assert_allclose(expected[[0, 2]], responsibilities(model, x[[0, 2]]), rtol=1e-9)
    both = responsibilities(PartlyLabelled(model), data)
    np.testing.assert_allclose(both, expected, rtol=1e-9, atol=1e-12)


LINE = np.linspace(-14, 18, 6401)[:, None]
STEP = 0.005


def line_model(weights, means, variances):
    return GaussianMixture(weights, np.reshape(means, (-1, 1)), np.reshape(variances, (-1, 1, 1)))


def limit(theta, truth, share):
    """λ E[log p(x, z)] + (1 − λ) E[log p(x)] under the true law of (x, z), by quadrature."""
    law = np.exp(truth.log_joint(LINE)) * STEP
    joint = theta.log_joint(LINE)
    marginal = special.logsumexp(joint, axis=1)
    return share * (law * joint).sum() + (1 - share) * (law.sum(axis=1) * marginal).sum()


@pytest.mark.equation("9.31")
def test_the_limit_weighs_the_posterior_by_the_share_labelled(rng):
    truth = line_model([0.3, 0.7], [0.0, 1.8], [1.0, 2.2])
    theta = line_model([0.55, 0.45], [-0.4, 2.5], [1.7, 0.9])
    law = np.exp(truth.log_joint(LINE)) * STEP
    joint = theta.log_joint(LINE)
    marginal = special.logsumexp(joint, axis=1)
    split = (law.sum(axis=1) * marginal).sum()
    split += 0.3 * (law * (joint - marginal[:, None])).sum()
    assert limit(theta, truth, 0.3) == pytest.approx(split, rel=1e-10)
    x, z = truth.sample(rng, 200_000)
    known = rng.random(200_000) < 0.3
    rows = theta.log_joint(x)
    terms = np.where(known, rows[np.arange(200_000), z], special.logsumexp(rows, axis=1))
    assert terms.mean() == pytest.approx(split, abs=5 * terms.std() / np.sqrt(200_000))


@pytest.mark.equation("9.32")
def test_if_the_model_is_right_every_share_is_highest_at_the_truth(rng):
    truth = line_model([0.3, 0.7], [0.0, 1.8], [1.0, 2.2])
    for share in (0.05, 0.5, 1.0):
        top = limit(truth, truth, share)
        for size in (0.02, 0.3):
            for _ in range(5):
                first = special.expit(special.logit(0.3) + size * rng.normal())
                means = [0.0, 1.8] + size * rng.normal(size=2)
                variances = [1.0, 2.2] * np.exp(size * rng.normal(size=2))
                theta = line_model([first, 1 - first], means, variances)
                assert limit(theta, truth, share) < top


@pytest.mark.equation("9.33")
def test_information_of_labelled_and_unlabelled_rows_adds():
    truth = line_model([0.3, 0.7], [0.0, 1.8], [1.0, 2.2])

    def value(means, share):
        return limit(line_model([0.3, 0.7], means, [1.0, 2.2]), truth, share)

    def information(share, step=1e-3):
        result, e = np.empty((2, 2)), step * np.eye(2)
        at = np.array([0.0, 1.8])
        for i, j in np.ndindex(2, 2):
            corners = [
                a * b * value(at + a * e[i] + b * e[j], share) for a in (1, -1) for b in (1, -1)
            ]
            result[i, j] = -sum(corners) / (4 * step**2)
        return result

    density = np.exp(truth.log_joint(LINE)).sum(axis=1) * STEP
    score = responsibilities(truth, LINE) * (LINE - [0.0, 1.8]) / [1.0, 2.2]
    unlabelled = (score * density[:, None]).T @ score
    labelled = np.diag([0.3 / 1.0, 0.7 / 2.2])
    mixed = 0.4 * labelled + 0.6 * unlabelled
    np.testing.assert_allclose(information(0.4), mixed, rtol=1e-4, atol=1e-5)
    assert np.linalg.eigvalsh(unlabelled).min() > 0
    assert np.linalg.eigvalsh(labelled - unlabelled).min() > 0
