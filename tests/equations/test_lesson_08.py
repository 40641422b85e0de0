"""The numbered equations of lesson 8, each side computed its own way."""

import itertools

import numpy as np
import pytest
import sympy as sp
from scipy import integrate, optimize, special, stats
from sklearn.linear_model import LinearRegression
from sklearn.naive_bayes import BernoulliNB, MultinomialNB

from em_helpers import (
    BernoulliMixture,
    MultinomialMixture,
    RegressionMixture,
    fit,
    log_likelihood,
    random_responsibilities,
    responsibilities,
)
from em_helpers.checks import simulated
from em_helpers.datasets import digits, reuters
from em_helpers.models import ExponentialFamilyMixture

DEFINITIONS = {
    "8.1": "an exponential family of rows that are m(x) draws",
    "8.23": "the mixture of regressions",
}

OUTCOMES = 6


@pytest.fixture
def rng():
    return np.random.default_rng(8)


class Made:
    """An exponential family on six outcomes, with any T in two dimensions and any h."""

    def __init__(self, rng):
        self.T = rng.normal(1, 1.5, (OUTCOMES, 2))
        self.h = rng.uniform(0.2, 3, OUTCOMES)

    def log_partition(self, eta):
        return np.log(sum(h * np.exp(t @ eta) for h, t in zip(self.h, self.T, strict=True)))

    def probabilities(self, eta):
        terms = np.array([h * np.exp(t @ eta) for h, t in zip(self.h, self.T, strict=True)])
        return terms / terms.sum()


@pytest.fixture
def made(rng):
    return Made(rng)


@pytest.fixture
def rows(rng, made):
    """Seven rows of one to four outcomes each, and responsibilities for three components."""
    drawn = [rng.integers(0, OUTCOMES, m) for m in (1, 4, 2, 3, 1, 4, 2)]
    return drawn, simulated.soft_assignments(rng, 7, 3)


def topics(rng, K=3, V=5):
    return rng.dirichlet(np.full(K, 2.0)), rng.dirichlet(np.full(V, 1.5), K)


def articles(rng, n=6, V=5):
    return rng.poisson(rng.uniform(0.4, 3, V), (n, V)) + np.eye(n, V, dtype=int)


def slopes(function, at, step=1e-6):
    at = np.asarray(at, dtype=float)
    return np.array(
        [(function(at + step * e) - function(at - step * e)) / (2 * step) for e in np.eye(at.size)]
    )


def log_joint(made, drawn, etas, weights):
    """log p(x, z_k), outcome by outcome."""
    return np.array(
        [
            [
                np.log(w) + sum(np.log(made.probabilities(eta)[o]) for o in row)
                for eta, w in zip(etas, weights, strict=True)
            ]
            for row in drawn
        ]
    )


def parts(made, drawn):
    """T(x), m(x) and log h(x) of rows of several draws."""
    T = np.array([made.T[row].sum(axis=0) for row in drawn])
    return T, np.array([len(row) for row in drawn]), [np.log(made.h[row]).sum() for row in drawn]


@pytest.mark.equation("8.2")
def test_the_log_joint_of_a_mixture_of_one_family(rng, made, rows):
    drawn, _ = rows
    etas, weights = rng.normal(size=(3, 2)), rng.dirichlet([2.0, 3, 1])
    T, m, log_h = parts(made, drawn)
    A = np.array([made.log_partition(eta) for eta in etas])
    form = T @ etas.T - np.outer(m, A) + np.log(weights) + np.array(log_h)[:, None]
    np.testing.assert_allclose(form, log_joint(made, drawn, etas, weights), rtol=1e-10)


@pytest.mark.equation("8.3")
def test_the_posterior_needs_no_base_measure(rng, made, rows):
    drawn, _ = rows
    etas, weights = rng.normal(size=(3, 2)), rng.dirichlet([2.0, 3, 1])
    joint = np.exp(log_joint(made, drawn, etas, weights))
    T, m, _ = parts(made, drawn)
    a = T @ etas.T - np.outer(m, [made.log_partition(eta) for eta in etas]) + np.log(weights)
    bayes = joint / joint.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(special.softmax(a, axis=1), bayes, rtol=1e-9)


@pytest.mark.equation("8.4")
def test_log_odds_are_linear_in_the_statistics(rng, made, rows):
    drawn, _ = rows
    etas, weights = rng.normal(size=(2, 2)), np.array([0.3, 0.7])
    joint = np.exp(log_joint(made, drawn, etas, weights))
    T, m, _ = parts(made, drawn)
    rise = made.log_partition(etas[0]) - made.log_partition(etas[1])
    right = T @ (etas[0] - etas[1]) - m * rise + np.log(0.3 / 0.7)
    np.testing.assert_allclose(np.log(joint[:, 0] / joint[:, 1]), right, rtol=1e-9)


@pytest.mark.equation("8.5")
def test_the_objective_falls_apart(rng, made, rows):
    drawn, r = rows
    etas, weights = rng.normal(size=(3, 2)), rng.dirichlet([2.0, 3, 1])
    T, m, log_h = parts(made, drawn)
    s, M, c = r.T @ T, r.T @ m, r.sum(axis=0)
    brackets = sum(etas[k] @ s[k] - M[k] * made.log_partition(etas[k]) for k in range(3))
    apart = c @ np.log(weights) + brackets + sum(log_h)
    assert (r * log_joint(made, drawn, etas, weights)).sum() == pytest.approx(apart, rel=1e-10)


@pytest.mark.equation("8.6")
def test_the_slope_of_the_log_partition_is_the_mean(rng, made):
    eta = rng.normal(size=2)
    mean = made.probabilities(eta) @ made.T
    np.testing.assert_allclose(slopes(made.log_partition, eta), mean, rtol=1e-7)


@pytest.mark.equation("8.6")
def test_the_slope_of_the_poisson_partition_symbolically():
    rate = sp.symbols("lambda", positive=True)
    x = sp.symbols("x", integer=True, nonnegative=True)
    total = sp.summation(rate**x / sp.factorial(x), (x, 0, sp.oo))
    mean = sp.summation(x * rate**x / sp.factorial(x), (x, 0, sp.oo)) / total
    by_eta = rate * sp.diff(sp.log(total), rate)
    assert sp.simplify(by_eta - mean) == 0


@pytest.mark.equation("8.7")
def test_the_curvature_of_the_log_partition_is_the_covariance(rng, made):
    eta = rng.normal(size=2)
    p = made.probabilities(eta)
    mean = p @ made.T
    covariance = sum(w * np.outer(t - mean, t - mean) for w, t in zip(p, made.T, strict=True))
    curvature = slopes(lambda e: made.probabilities(e) @ made.T, eta)
    np.testing.assert_allclose(curvature, covariance, rtol=1e-6)
    second = slopes(lambda e: slopes(made.log_partition, e, 1e-4), eta, 1e-4)
    np.testing.assert_allclose(second, covariance, rtol=1e-4)


@pytest.mark.equation("8.8")
def test_the_best_natural_parameter_matches_moments(made, rows):
    drawn, r = rows
    T, m, _ = parts(made, drawn)
    for share in r.T:
        s, M = share @ T, share @ m
        found = optimize.minimize(
            lambda eta, s=s, M=M: M * made.log_partition(eta) - eta @ s, np.zeros(2), tol=1e-12
        )
        np.testing.assert_allclose(made.probabilities(found.x) @ made.T, s / M, rtol=1e-5)


@pytest.mark.equation("8.9")
def test_what_another_parameter_loses_is_a_divergence(rng, made):
    best, other, M = rng.normal(size=2), rng.normal(size=2), 3.7
    p, q = made.probabilities(best), made.probabilities(other)
    s = M * (p @ made.T)

    def bracket(eta):
        return eta @ s - M * made.log_partition(eta)

    assert bracket(best) - bracket(other) == pytest.approx(M * stats.entropy(p, q), rel=1e-10)
    assert stats.entropy(p, q) > 0.01


@pytest.mark.equation("8.10")
def test_bernoulli_in_three_lines(rng):
    x, b, eta = sp.symbols("x b eta", positive=True)
    A = sp.log(1 + sp.exp(eta))
    for value, p in ((0, 1 - b), (1, b)):
        form = (x * eta - A).subs({x: value}).subs(eta, sp.log(b / (1 - b)))
        assert sp.simplify(sp.exp(form) - p) == 0
    assert sp.simplify(sp.diff(A, eta).subs(eta, sp.log(b / (1 - b))) - b) == 0
    x, r = (rng.random(9) < 0.4).astype(float), simulated.soft_assignments(rng, 9, 2)
    for share in r.T:
        found = optimize.minimize_scalar(
            lambda b, share=share: -share @ stats.bernoulli(b).logpmf(x),
            bounds=(1e-6, 1 - 1e-6), method="bounded", options={"xatol": 1e-9},
        )  # fmt: skip
        assert found.x == pytest.approx(share @ x / share.sum(), abs=1e-6)


@pytest.mark.equation("8.11")
def test_poisson_in_three_lines(rng):
    rate, x = 2.3, np.arange(7)
    form = x * np.log(rate) - np.exp(np.log(rate)) + np.log(1 / special.factorial(x))
    np.testing.assert_allclose(form, stats.poisson(rate).logpmf(x), rtol=1e-10)
    step = 1e-6
    slope = (np.exp(np.log(rate) + step) - np.exp(np.log(rate) - step)) / (2 * step)
    assert slope == pytest.approx(stats.poisson(rate).mean(), rel=1e-8)
    x, r = rng.poisson(3.0, 11), simulated.soft_assignments(rng, 11, 2)
    for share in r.T:
        found = optimize.minimize_scalar(
            lambda rate, share=share: -share @ stats.poisson(rate).logpmf(x),
            bounds=(1e-3, 20), method="bounded", options={"xatol": 1e-9},
        )  # fmt: skip
        assert found.x == pytest.approx(share @ x / share.sum(), abs=1e-5)


@pytest.mark.equation("8.12")
def test_multinomial_in_three_lines(rng):
    _, (beta, *_) = topics(rng)
    counts, eta = articles(rng), np.log(beta) + 0.7
    m = counts.sum(axis=1)
    log_h = special.gammaln(m + 1) - special.gammaln(counts + 1).sum(axis=1)
    form = counts @ eta - m * special.logsumexp(eta) + log_h
    np.testing.assert_allclose(form, stats.multinomial(m, beta).logpmf(counts), rtol=1e-10)
    np.testing.assert_allclose(slopes(special.logsumexp, eta), beta, rtol=1e-6)
    r = simulated.soft_assignments(rng, len(counts), 2)
    for share in r.T:
        found = optimize.minimize(
            lambda eta, share=share: -share @ (counts @ (eta - special.logsumexp(eta))),
            np.zeros(5), tol=1e-12,
        )  # fmt: skip
        np.testing.assert_allclose(
            special.softmax(found.x), share @ counts / (share @ m), atol=1e-5
        )


@pytest.mark.equation("8.13")
def test_the_posterior_of_topics(rng):
    weights, words = topics(rng)
    words[1, 2] = 0
    words /= words.sum(axis=1, keepdims=True)
    counts = articles(rng)
    products = [[np.prod(beta**row) for beta in words] for row in counts]
    joint = weights * np.array(products)
    r = responsibilities(MultinomialMixture(weights, words), counts)
    np.testing.assert_allclose(r, joint / joint.sum(axis=1, keepdims=True), rtol=1e-9)
    assert (r[counts[:, 2] > 0, 1] == 0).all()


@pytest.mark.equation("8.14")
def test_expected_log_odds_grow_with_the_words(rng):
    weights, words = topics(rng, K=2, V=3)
    m, expected = 4, 0.0
    for said in itertools.product(range(3), repeat=m):
        counts = np.bincount(said, minlength=3)[None]
        r = responsibilities(MultinomialMixture(weights, words), counts)[0]
        expected += np.prod(words[0][list(said)]) * np.log(r[0] / r[1])
    right = np.log(weights[0] / weights[1]) + m * stats.entropy(words[0], words[1])
    assert expected == pytest.approx(right, rel=1e-9)


@pytest.mark.equation("8.15")
def test_a_word_without_counts_is_held_at_the_wall(rng):
    s = np.array([3.2, 0.0, 1.1, 0.4])
    beta, M = s / s.sum(), s.sum()
    for e in (1e-5, 0.1, 0.6):
        moved = (1 - e) * beta
        moved[1] = e
        change = special.xlogy(s, moved).sum() - special.xlogy(s, beta).sum()
        assert change == pytest.approx(M * np.log(1 - e), rel=1e-9)
    assert M * np.log(1 - 1e-5) / 1e-5 == pytest.approx(-M, rel=1e-4)


@pytest.mark.equation("8.16")
def test_the_dirichlet_log_density(rng):
    alpha = 0.4
    a, b = rng.dirichlet(np.ones(4), 2)
    prior = stats.dirichlet(np.full(4, alpha + 1))
    difference = alpha * (np.log(a).sum() - np.log(b).sum())
    assert prior.logpdf(a) - prior.logpdf(b) == pytest.approx(difference, rel=1e-9)


@pytest.mark.equation("8.17")
def test_pseudo_counts_are_the_mode_and_what_naive_bayes_uses(rng):
    counts, alpha = articles(rng, 8), 0.3
    r = simulated.soft_assignments(rng, 8, 2)
    for k, share in enumerate(r.T):
        formula = (share @ counts + alpha) / (share @ counts.sum(axis=1) + 5 * alpha)

        def log_posterior(eta, share=share):
            beta = special.softmax(eta)
            prior = stats.dirichlet(np.full(5, alpha + 1)).logpdf(beta / beta.sum())
            return share @ (counts @ np.log(beta)) + prior

        found = optimize.minimize(lambda eta: -log_posterior(eta), np.zeros(5), tol=1e-10)
        np.testing.assert_allclose(special.softmax(found.x), formula, atol=1e-4)
        twice, labels = np.vstack([counts, counts]), np.repeat([0, 1], 8)
        outsider = MultinomialNB(alpha=alpha).fit(twice, labels, sample_weight=r.T.ravel())
        np.testing.assert_allclose(np.exp(outsider.feature_log_prob_[k]), formula, rtol=1e-9)


@pytest.mark.equation("8.18")
def test_smoothing_averages_with_the_uniform_distribution():
    s, M, alpha, V = sp.symbols("s M alpha V", positive=True)
    w = M / (M + alpha * V)
    assert sp.simplify((s + alpha) / (M + alpha * V) - (w * s / M + (1 - w) / V)) == 0


@pytest.mark.equation("8.19")
def test_marks_sum_to_the_divergence(rng):
    _, (beta, everywhere, _) = topics(rng, V=6)
    g = [b * np.log(b / e) for b, e in zip(beta, everywhere, strict=True)]
    assert sum(g) == pytest.approx(stats.entropy(beta, everywhere), rel=1e-10)


@pytest.mark.equation("8.20")
def test_the_gain_on_new_articles_needs_no_coefficient(rng):
    weights, words = topics(rng, V=6)
    new, single = articles(rng, 7, V=6), rng.dirichlet(np.ones(6))
    several = MultinomialMixture(weights, words)
    gain = log_likelihood(several, new) - log_likelihood(MultinomialMixture([1.0], [single]), new)
    said = [np.repeat(np.arange(6), row) for row in new]
    direct = sum(
        np.log(sum(w * np.prod(beta[row]) for w, beta in zip(weights, words, strict=True)))
        - np.log(single[row]).sum()
        for row in said
    )
    assert gain / new.sum() == pytest.approx(direct / sum(map(len, said)), rel=1e-9)


@pytest.mark.slow
@pytest.mark.equation("8.20")
@pytest.mark.parametrize(("alpha", "least", "most"), [(0.01, -0.13, 0.01), (1.0, 0.20, 0.23)])
def test_what_eight_topics_gain_on_other_splits(alpha, least, most):
    gains = []
    for seed in (2, 3, 4, 5):
        news = np.random.default_rng(seed).permutation(reuters()[0])
        seen, new = news[:300], news[300:]
        shares = seen[:8] + 0.5
        start = MultinomialMixture(np.full(8, 1 / 8), shares / shares.sum(axis=1)[:, None], alpha)
        eight = fit(start, seen, tol=1, max_iterations=25).model
        single = MultinomialMixture.from_responsibilities(seen, np.ones((300, 1)), alpha)
        gains.append((log_likelihood(eight, new) - log_likelihood(single, new)) / new.sum())
    assert min(gains) == pytest.approx(least, abs=0.006)
    assert max(gains) == pytest.approx(most, abs=0.006)


@pytest.mark.equation("8.21")
def test_pseudo_counts_on_each_side(rng):
    x, alpha = (rng.random((12, 3)) < [0.2, 0.6, 0.9]).astype(float), 0.8
    r = simulated.soft_assignments(rng, 12, 2)
    formula = (r.T @ x + alpha) / (r.sum(axis=0)[:, None] + 2 * alpha)
    twice, labels = np.vstack([x, x]), np.repeat([0, 1], 12)
    outsider = BernoulliNB(alpha=alpha).fit(twice, labels, sample_weight=r.T.ravel())
    np.testing.assert_allclose(np.exp(outsider.feature_log_prob_), formula, rtol=1e-9)
    for k, j in itertools.product(range(2), range(3)):
        found = optimize.minimize_scalar(
            lambda b, k=k, j=j: -(r[:, k] @ stats.bernoulli(b).logpmf(x[:, j])
                                  + stats.beta(alpha + 1, alpha + 1).logpdf(b)),
            bounds=(1e-6, 1 - 1e-6), method="bounded", options={"xatol": 1e-9},
        )  # fmt: skip
        assert found.x == pytest.approx(formula[k, j], abs=1e-6)


@pytest.mark.equation("8.22")
def test_an_absent_word_is_evidence_for_bernoullis_and_none_for_multinomials(rng):
    b, x = rng.uniform(0.1, 0.9, (2, 4)), np.array([1.0, 0, 1, 0])
    weights = np.array([0.35, 0.65])
    whole = BernoulliMixture(weights, b).log_joint(x[None])[0]
    without = BernoulliMixture(weights, b[:, [0, 2, 3]]).log_joint(x[None, [0, 2, 3]])[0]
    brought = (whole[0] - whole[1]) - (without[0] - without[1])
    assert brought == pytest.approx(np.log((1 - b[0, 1]) / (1 - b[1, 1])), rel=1e-9)
    words = b / b.sum(axis=1, keepdims=True)
    moved = words + np.outer([0.3, -0.2], [0, 1, 0, -1]) * words[:, [1]] * words[:, [3]]
    first, second = (MultinomialMixture(weights, each) for each in (words, moved))
    np.testing.assert_allclose(
        responsibilities(first, 2 * x[None]), responsibilities(second, 2 * x[None]), rtol=1e-9
    )


@pytest.fixture
def lines(rng):
    x = np.column_stack([np.ones(15), rng.normal(2, 1.5, 15)])
    b, variances = np.array([[1.0, 2], [4, -0.5]]), np.array([0.7, 2.1])
    z = rng.integers(0, 2, 15)
    y = (x * b[z]).sum(axis=1) + np.sqrt(variances[z]) * rng.normal(size=15)
    return x, y, RegressionMixture([0.3, 0.7], b, variances), simulated.soft_assignments(rng, 15, 2)


def weighted_squares(x, y, share, b):
    return sum(w * (t - row @ b) ** 2 for w, row, t in zip(share, x, y, strict=True))


@pytest.mark.equation("8.24")
def test_the_posterior_of_lines_uses_inputs_and_response(lines):
    x, y, model, _ = lines
    joint = np.column_stack(
        [
            w * stats.norm(x @ b, np.sqrt(v)).pdf(y)
            for w, b, v in zip(model.weights, model.coefficients, model.variances, strict=True)
        ]
    )
    r = responsibilities(model, np.column_stack([x, y]))
    np.testing.assert_allclose(r, joint / joint.sum(axis=1, keepdims=True), rtol=1e-9)


@pytest.mark.equation("8.25")
def test_the_objective_of_a_line_is_weighted_squares(lines):
    x, y, model, r = lines
    for k in (0, 1):
        w, b, v = model.weights[k], model.coefficients[k], model.variances[k]
        direct = r[:, k] @ (np.log(w) + stats.norm(x @ b, np.sqrt(v)).logpdf(y))
        c = r[:, k].sum()
        split = c * np.log(w) - c / 2 * np.log(2 * np.pi * v)
        split -= weighted_squares(x, y, r[:, k], b) / (2 * v)
        assert direct == pytest.approx(split, rel=1e-10)


@pytest.mark.equation("8.26")
def test_the_normal_equations_are_weighted_least_squares(lines):
    x, y, _, r = lines
    for share in r.T:
        R = np.diag(share)
        b = np.linalg.solve(x.T @ R @ x, x.T @ R @ y)
        outsider = LinearRegression(fit_intercept=False).fit(x, y, sample_weight=share)
        np.testing.assert_allclose(b, outsider.coef_, rtol=1e-8)


@pytest.mark.equation("8.27")
def test_other_coefficients_add_a_square(rng, lines):
    x, y, _, r = lines
    best = LinearRegression(fit_intercept=False).fit(x, y, sample_weight=r[:, 0]).coef_
    other = best + rng.normal(size=2)
    added = (other - best) @ x.T @ np.diag(r[:, 0]) @ x @ (other - best)
    squares = weighted_squares(x, y, r[:, 0], best) + added
    assert weighted_squares(x, y, r[:, 0], other) == pytest.approx(squares, rel=1e-9)
    assert added > 0.01


@pytest.mark.equation("8.28")
def test_the_best_variance_is_the_weighted_mean_square(lines):
    x, y, _, r = lines
    share = r[:, 1]
    b = LinearRegression(fit_intercept=False).fit(x, y, sample_weight=share).coef_
    found = optimize.minimize_scalar(
        lambda v: -share @ stats.norm(x @ b, np.sqrt(v)).logpdf(y),
        bounds=(1e-3, 100), method="bounded", options={"xatol": 1e-9},
    )  # fmt: skip
    assert found.x == pytest.approx(np.average((y - x @ b) ** 2, weights=share), rel=1e-6)


@pytest.mark.equation("8.29")
def test_the_m_step_of_lines_matches_moments(lines):
    x, y, _, r = lines
    new = RegressionMixture.from_responsibilities(np.column_stack([x, y]), r)
    for k in (0, 1):
        line = x @ new.coefficients[k]
        np.testing.assert_allclose(r[:, k] @ (x * (y - line)[:, None]), 0, atol=1e-10)
        assert r[:, k] @ (y**2 - line**2 - new.variances[k]) == pytest.approx(0, abs=1e-9)


@pytest.mark.equation("8.30")
def test_the_prediction_is_one_line(lines):
    _, _, model, _ = lines
    row = np.array([1.0, 2.4])

    def density(y):
        return sum(
            w * stats.norm(row @ b, np.sqrt(v)).pdf(y)
            for w, b, v in zip(model.weights, model.coefficients, model.variances, strict=True)
        )

    mean = integrate.quad(lambda y: y * density(y), -40, 40, limit=200)[0]
    assert mean == pytest.approx(row @ (model.weights @ model.coefficients), rel=1e-6)


def test_the_families_of_the_library_share_one_e_step():
    assert issubclass(MultinomialMixture, ExponentialFamilyMixture)
    assert issubclass(BernoulliMixture, ExponentialFamilyMixture)


def test_digits_are_matched_as_often_as_the_lesson_says():
    """67.8 % of the digits, by the fit that the lesson shows."""
    grey, digit = digits()
    black = (grey >= 8).astype(float)
    q = random_responsibilities(np.random.default_rng(0), len(black), 10)
    model = fit(BernoulliMixture.from_responsibilities(black, q, 1.0), black, tol=1).model
    table = np.zeros((10, 10))
    np.add.at(table, (responsibilities(model, black).argmax(axis=1), digit), 1)
    found, true = optimize.linear_sum_assignment(-table)
    assert round(100 * table[found, true].sum() / len(digit)) == 68
