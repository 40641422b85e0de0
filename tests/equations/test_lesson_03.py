"""The numbered equations of lesson 3, each side computed its own way."""

import itertools

import mpmath
import numpy as np
import pytest
import sympy as sp
from scipy import optimize, stats

from em_helpers import (
    BinomialMixture,
    GaussianMixture,
    log_likelihood,
    responsibilities,
)
from em_helpers.checks import simulated
from em_helpers.datasets import coins

DEFINITIONS = {
    "3.1": "the joint of a latent variable model, and the marginal as its sum over z",
}


@pytest.fixture
def rng():
    return np.random.default_rng(3)


@pytest.fixture
def mixture(rng):
    """Six points in two dimensions and three components, in doubt between them."""
    x, model = simulated.overlapping(rng, 6, 2, 3)
    assert np.median(responsibilities(model, x).max(axis=1)) < 0.95
    return x, model


def densities(x, model):
    """p(x | z_k) by scipy, (n, K)."""
    components = zip(model.means, model.covariances, strict=True)
    return np.column_stack(
        [np.atleast_1d(stats.multivariate_normal.pdf(x, *c)) for c in components]
    )


def joint(x, model):
    return model.weights * densities(x, model)


def posterior(x, model):
    p = joint(x, model)
    return p / p.sum(axis=1, keepdims=True)


def coin_pmf(heads, tosses, biases):
    return np.stack([stats.binom.pmf(heads, tosses, b) for b in biases], axis=-1)


def gradient(f, at, step=1e-5):
    """Central differences of a scalar function of an array."""
    result = np.empty_like(at)
    for place in np.ndindex(at.shape):
        ahead, behind = at.copy(), at.copy()
        ahead[place] += step
        behind[place] -= step
        result[place] = (f(ahead) - f(behind)) / (2 * step)
    return result


def labellings(q):
    """Every labelling of the rows with its probability, rows being independent."""
    n, components = q.shape
    rows = np.arange(n)
    for z in itertools.product(range(components), repeat=n):
        yield np.array(z), q[rows, z].prod()


@pytest.mark.equation("3.2")
def test_bayes_rule_is_the_frequency_of_a_label_among_equal_observations(rng):
    weights, biases = np.array([0.25, 0.6, 0.15]), np.array([0.3, 0.55, 0.8])
    z = rng.choice(3, 400_000, p=weights)
    heads = rng.binomial(4, biases[z])
    model = BinomialMixture(weights, biases)
    for h in range(5):
        said = responsibilities(model, np.array([[h, 4]]))[0]
        by_rule = weights * coin_pmf(h, 4, biases)
        np.testing.assert_allclose(said, by_rule / by_rule.sum(), rtol=1e-12)
        drawn = np.bincount(z[heads == h], minlength=3) / (heads == h).sum()
        error = np.sqrt(said * (1 - said) / (heads == h).sum())
        assert (np.abs(drawn - said) < 5 * error).all()


@pytest.mark.equation("3.2")
def test_bayes_rule_of_a_gaussian_mixture(mixture):
    x, model = mixture
    np.testing.assert_allclose(responsibilities(model, x), posterior(x, model), rtol=1e-10)


@pytest.mark.equation("3.3")
def test_what_does_not_depend_on_k_cancels(rng, mixture):
    x, model = mixture
    scaled = rng.uniform(1e-3, 1e3, (len(x), 1)) * joint(x, model)
    by_rule = scaled / scaled.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(responsibilities(model, x), by_rule, rtol=1e-10)
    dependent = scaled * rng.uniform(0.5, 2, scaled.shape)
    assert np.abs(dependent / dependent.sum(axis=1, keepdims=True) - by_rule).max() > 1e-2


@pytest.mark.equation("3.4")
def test_the_e_step_in_logs_where_every_density_underflows(rng):
    x, model = simulated.far_mixture(rng, 5, 3)
    a = model.log_joint(x)
    assert (np.exp(a[1:]) == 0).all()
    m = a.max(axis=1, keepdims=True)
    in_logs = a - (m + np.log(np.exp(a - m).sum(axis=1, keepdims=True)))
    with mpmath.workdps(60):
        for row, said, ours in zip(a, in_logs, responsibilities(model, x), strict=True):
            exact = [mpmath.exp(mpmath.mpf(float(each))) for each in row]
            exact = [float(mpmath.log(each / sum(exact))) for each in exact]
            np.testing.assert_allclose(said, exact, atol=1e-10)
            np.testing.assert_allclose(ours, np.exp(exact), rtol=1e-9)


@pytest.mark.equation("3.5")
def test_the_coins_log_joint(rng):
    weights, biases = np.array([0.2, 0.5, 0.3]), rng.uniform(0.1, 0.9, 3)
    tosses = rng.integers(3, 30, 8)
    heads = rng.integers(0, tosses + 1)
    by_scipy = np.log(weights * coin_pmf(heads, tosses, biases))
    by_equation = (
        np.log(weights)
        + np.array([[float(sp.log(sp.binomial(m, h)))] for h, m in zip(heads, tosses, strict=True)])
        + np.outer(heads, np.log(biases))
        + np.outer(tosses - heads, np.log(1 - biases))
    )
    np.testing.assert_allclose(by_equation, by_scipy, rtol=1e-9)
    ours = BinomialMixture(weights, biases).log_joint(np.column_stack([heads, tosses]))
    np.testing.assert_allclose(ours, by_equation, rtol=1e-9)


@pytest.mark.equation("3.6")
def test_the_coins_posterior_at_equal_weights(rng):
    biases, tosses = rng.uniform(0.1, 0.9, 3), rng.integers(3, 20, 7)
    heads = rng.integers(0, tosses + 1)
    powers = biases ** heads[:, None] * (1 - biases) ** (tosses - heads)[:, None]
    full = coin_pmf(heads, tosses, biases) / 3
    by_equation = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(by_equation, full / full.sum(axis=1, keepdims=True), rtol=1e-10)


@pytest.mark.equation("3.6")
def test_the_published_posteriors_of_coin_a():
    model = BinomialMixture([0.5, 0.5], [0.6, 0.5], fixed_weights=True)
    published = [0.45, 0.80, 0.73, 0.35, 0.65]
    np.testing.assert_allclose(responsibilities(model, coins())[:, 0], published, atol=0.0051)


@pytest.mark.equation("3.7")
def test_the_coins_update_is_the_stationary_point_and_a_maximum():
    b = sp.symbols("b", positive=True)
    r = sp.symbols("r1:4", positive=True)
    h = sp.symbols("h1:4", positive=True)
    t = sp.symbols("t1:4", positive=True)
    rows = list(zip(r, h, t, strict=True))
    objective = sum(ri * (hi * sp.log(b) + ti * sp.log(1 - b)) for ri, hi, ti in rows)
    update = sum(ri * hi for ri, hi, _ in rows) / sum(ri * (hi + ti) for ri, hi, ti in rows)
    assert sp.simplify(sp.diff(objective, b).subs(b, update)) == 0
    curvature = sum(ri * (-hi / b**2 - ti / (1 - b) ** 2) for ri, hi, ti in rows)
    assert sp.simplify(sp.diff(objective, b, 2) - curvature) == 0
    odds_against = sp.symbols("s", positive=True)
    assert sp.factor(curvature.subs(b, 1 / (1 + odds_against))).is_negative


@pytest.mark.equation("3.7")
@pytest.mark.parametrize("heads_alone", [True, False])
def test_sets_of_one_side_alone_push_the_bias_to_the_edge(heads_alone):
    tosses = np.array([4, 9, 1])
    x = np.column_stack([tosses if heads_alone else 0 * tosses, tosses])
    start = BinomialMixture([0.3, 0.7], [0.35, 0.6])
    r = responsibilities(start, x)[:, 0]
    inside = np.linspace(0.05, 0.95, 19)
    values = [r @ stats.binom.logpmf(*x.T, b) for b in inside]
    assert (np.diff(values) > 0 if heads_alone else np.diff(values) < 0).all()
    np.testing.assert_array_equal(start.m_step(start.e_step(x)).biases, float(heads_alone))


@pytest.mark.equation("3.7")
def test_the_coins_update_against_a_search(rng):
    x = np.column_stack([[3, 7, 1, 12], [9, 11, 6, 13]])
    start = BinomialMixture([0.3, 0.7], [0.35, 0.6], fixed_weights=True)
    r = responsibilities(start, x)
    for k, updated in enumerate(start.m_step(start.e_step(x)).biases):
        found = optimize.minimize_scalar(
            lambda b, k=k: -r[:, k] @ stats.binom.logpmf(*x.T, b),
            bounds=(0.01, 0.99), method="bounded", options={"xatol": 1e-9},
        )  # fmt: skip
        assert updated == pytest.approx(found.x, abs=1e-6)


@pytest.mark.equation("3.7")
def test_the_published_biases_of_the_two_coins():
    model = BinomialMixture([0.5, 0.5], [0.6, 0.5], fixed_weights=True)
    biases = []
    for _ in range(10):
        model = model.m_step(model.e_step(coins()))
        biases.append(model.biases)
    np.testing.assert_allclose(biases[0], [0.71, 0.58], atol=0.0051)
    np.testing.assert_allclose(biases[9], [0.80, 0.52], atol=0.0051)


@pytest.mark.equation("3.8")
def test_the_gaussian_mixtures_log_joint(mixture):
    x, model = mixture
    by_equation = np.empty((len(x), 3))
    for k, (weight, mean, covariance) in enumerate(zip(*model.theta, strict=True)):
        for i, deviation in enumerate(x - mean):
            by_equation[i, k] = (
                np.log(weight)
                - 2 / 2 * np.log(2 * np.pi)
                - np.log(np.linalg.det(covariance)) / 2
                - deviation @ np.linalg.inv(covariance) @ deviation / 2
            )
    np.testing.assert_allclose(by_equation, np.log(joint(x, model)), rtol=1e-9)
    np.testing.assert_allclose(model.log_joint(x), by_equation, rtol=1e-9)


@pytest.mark.equation("3.9")
def test_cholesky_gives_the_distance_and_the_determinant():
    a, b, c, u, v = sp.symbols("a b c u v", positive=True)
    factor, deviation = sp.Matrix([[a, 0], [b, c]]), sp.Matrix([u, v])
    covariance = factor * factor.T
    whitened = factor.inv() * deviation
    distance = (deviation.T * covariance.inv() * deviation)[0]
    assert sp.simplify(distance - whitened.dot(whitened)) == 0
    assert sp.simplify(sp.sqrt(covariance.det()) - a * c) == 0


@pytest.mark.equation("3.9")
def test_cholesky_in_four_dimensions(rng):
    x, model = simulated.mixture(rng, 5, 4, 1)
    deviations, covariance = x - model.means[0], model.covariances[0]
    factor = np.linalg.cholesky(covariance)
    whitened = np.linalg.solve(factor, deviations.T)
    distances = [v @ np.linalg.inv(covariance) @ v for v in deviations]
    np.testing.assert_allclose((whitened**2).sum(axis=0), distances, rtol=1e-9)
    np.testing.assert_allclose(
        np.log(np.diag(factor)).sum(), np.log(np.linalg.eigvalsh(covariance)).sum() / 2, rtol=1e-9
    )


@pytest.mark.equation("3.10")
def test_the_hard_label_needs_no_constant(rng):
    x, model = simulated.overlapping(rng, 200, 2, 3)
    from_posterior = posterior(x, model).argmax(axis=1)
    np.testing.assert_array_equal(from_posterior, model.log_joint(x).argmax(axis=1))
    assert (from_posterior != densities(x, model).argmax(axis=1)).any()


@pytest.mark.equation("3.11")
def test_how_many_hard_labels_are_wrong():
    model = GaussianMixture([0.3, 0.5, 0.2], [[0.0], [1.5], [4.0]], [[[1.0]], [[0.5]], [[2.0]]])
    x, z = model.sample(np.random.default_rng(311), 200_000)
    r = posterior(x, model)
    miss = 1 - r.max(axis=1)
    wrong = (r.argmax(axis=1) != z).sum()
    assert abs(wrong - miss.sum()) < 5 * np.sqrt((miss * (1 - miss)).sum())
    assert miss.sum() > 0.1 * len(x)


@pytest.mark.equation("3.12")
def test_soft_assignments_leave_the_truth_where_it_is(rng):
    weights, biases, m = np.array([0.25, 0.6, 0.15]), np.array([0.3, 0.55, 0.8]), 7
    h = np.arange(m + 1)
    p = weights * coin_pmf(h, m, biases)
    frequency, r = p.sum(axis=1), p / p.sum(axis=1, keepdims=True)
    soft = (frequency * h) @ r / (frequency * m @ r)
    np.testing.assert_allclose(soft, h @ coin_pmf(h, m, biases) / m, rtol=1e-12)
    np.testing.assert_allclose(soft, biases, rtol=1e-12)
    hard = np.eye(3)[r.argmax(axis=1)]
    assert np.abs((frequency * h) @ hard / (frequency * m @ hard) - biases).max() > 0.02


@pytest.mark.equation("3.13")
def test_indicators_pick_the_term_that_counts(rng, mixture):
    x, model = mixture
    p = joint(x, model)
    for z in rng.integers(0, 3, (20, len(x))):
        directly = np.log(np.prod([p[i, k] for i, k in enumerate(z)]))
        indicators = (z[:, None] == np.arange(3)).astype(float)
        assert (indicators * np.log(p)).sum() == pytest.approx(directly, rel=1e-10)


@pytest.mark.equation("3.14")
def test_the_expectation_over_all_labellings_at_another_theta(rng, mixture):
    x, at_t = mixture
    theta = GaussianMixture([0.5, 0.2, 0.3], at_t.means[::-1] + 0.4, at_t.covariances[::-1])
    log_p, rows = np.log(joint(x, theta)), np.arange(len(x))
    r = posterior(x, at_t)
    enumerated = sum(p * log_p[rows, z].sum() for z, p in labellings(r))
    assert (r * log_p).sum() == pytest.approx(enumerated, rel=1e-10)
    own = (posterior(x, theta) * log_p).sum()
    assert abs(own - enumerated) > 0.1


@pytest.mark.equation("3.14")
def test_the_posterior_of_a_labelling_is_a_product_over_rows(mixture):
    x, model = mixture
    p, rows = joint(x, model), np.arange(len(x))
    total = sum(p[rows, z].prod() for z in map(list, itertools.product(range(3), repeat=len(x))))
    assert total == pytest.approx(np.exp(log_likelihood(model, x)), rel=1e-10)
    for z, probability in itertools.islice(labellings(posterior(x, model)), 0, 729, 50):
        assert probability == pytest.approx(p[rows, z].prod() / total, rel=1e-9)


@pytest.mark.equation("3.15")
def test_the_expectation_splits_into_weights_and_components(rng, mixture):
    x, model = mixture
    r = simulated.soft_assignments(rng, len(x), 3)
    split = r.sum(axis=0) @ np.log(model.weights) + (r * np.log(densities(x, model))).sum()
    assert (r * model.log_joint(x)).sum() == pytest.approx(split, rel=1e-10)


@pytest.mark.equation("3.16")
def test_the_expectation_at_theta_t_lies_below_by_the_entropy(mixture):
    x, model = mixture
    p, r = joint(x, model), posterior(x, model)
    below = np.log(p.sum(axis=1)).sum() - sum(stats.entropy(row) for row in r)
    assert (r * np.log(p)).sum() == pytest.approx(below, rel=1e-10)
    assert below < np.log(p.sum(axis=1)).sum() - 0.1


@pytest.mark.equation("3.17")
def test_average_then_hard_then_likelihood(rng):
    for n, d, components in simulated.SIZES[3:]:
        x, model = simulated.overlapping(rng, n, d, components)
        log_p = model.log_joint(x)
        average = (responsibilities(model, x) * log_p).sum()
        hard = log_p[np.arange(len(x)), log_p.argmax(axis=1)].sum()
        assert average < hard < log_likelihood(model, x)
    few, model = simulated.overlapping(rng, 5, 2, 3)
    log_p, rows = model.log_joint(few), np.arange(5)
    largest = max(log_p[rows, z].sum() for z, _ in labellings(posterior(few, model)))
    assert largest == pytest.approx(log_p.max(axis=1).sum(), rel=1e-12)


@pytest.mark.equation("3.18")
def test_fishers_identity_for_any_positive_joint():
    theta = sp.symbols("theta", real=True)
    p = [sp.Function(f"p{k}", positive=True)(theta) for k in range(3)]
    evidence = sum(p)
    left = sp.diff(sp.log(evidence), theta)
    right = sum(each / evidence * sp.diff(sp.log(each), theta) for each in p)
    assert sp.simplify(left - right) == 0


@pytest.mark.equation("3.18")
def test_fishers_identity_for_a_mixture_of_two_exponentials():
    theta, x = sp.symbols("theta x", positive=True)
    p = [sp.Rational(1, 3) * theta * sp.exp(-theta * x), sp.Rational(4, 3) * theta**2
         * sp.exp(-2 * theta**2 * x)]  # fmt: skip
    left = sp.diff(sp.log(sum(p)), theta)
    scores = [1 / theta - x, 2 / theta - 4 * theta * x]
    right = sum(each * score for each, score in zip(p, scores, strict=True)) / sum(p)
    at = {theta: sp.Rational(7, 10), x: sp.Rational(13, 10)}
    assert float((left - right).subs(at)) == pytest.approx(0, abs=1e-14)
    assert abs(float(left.subs(at))) > 0.1


@pytest.mark.equation("3.19")
def test_both_functions_share_their_slope_in_means_and_covariances(mixture):
    x, at_t = mixture
    r = posterior(x, at_t)

    def models(vector):
        """θ with its means and the entries of its Cholesky factors at the given values."""
        means, factors = vector[:6].reshape(3, 2), np.zeros((3, 2, 2))
        factors[:, *np.tril_indices(2)] = vector[6:].reshape(3, 3)
        return GaussianMixture(at_t.weights, means, factors @ factors.transpose(0, 2, 1))

    lower = np.linalg.cholesky(at_t.covariances)[:, *np.tril_indices(2)]
    here = np.concatenate([at_t.means.ravel(), lower.ravel()])
    of_log_p = gradient(lambda v: np.log(joint(x, models(v)).sum(axis=1)).sum(), here)
    of_expectation = gradient(lambda v: (r * np.log(joint(x, models(v)))).sum(), here)
    np.testing.assert_allclose(of_expectation, of_log_p, rtol=1e-6, atol=1e-6)
    assert np.abs(of_log_p).max() > 0.1
    elsewhere = here + 0.3
    apart = gradient(lambda v: (r * np.log(joint(x, models(v)))).sum(), elsewhere) - gradient(
        lambda v: np.log(joint(x, models(v)).sum(axis=1)).sum(), elsewhere
    )
    assert np.abs(apart).max() > 1e-2


@pytest.mark.equation("3.20")
def test_the_gradient_of_a_gaussian_log_joint_in_its_mean():
    s, t, c, weight = sp.symbols("s t c pi", positive=True)
    x, mean = sp.Matrix(sp.symbols("x1 x2")), sp.Matrix(sp.symbols("m1 m2"))
    covariance = sp.Matrix([[s, c], [c, t]])
    deviation = x - mean
    log_joint = (
        sp.log(weight) - sp.log(2 * sp.pi) - sp.log(covariance.det()) / 2
        - (deviation.T * covariance.inv() * deviation)[0] / 2
    )  # fmt: skip
    by_calculus = sp.Matrix([sp.diff(log_joint, each) for each in mean])
    assert sp.simplify(by_calculus - covariance.inv() * deviation) == sp.zeros(2, 1)


@pytest.mark.equation("3.21")
def test_the_score_in_the_means_is_the_gradient_of_the_log_likelihood(mixture):
    x, model = mixture
    r = posterior(x, model)
    by_equation = np.array(
        [
            sum(r[i, k] * np.linalg.inv(model.covariances[k]) @ (row - model.means[k])
                for i, row in enumerate(x))
            for k in range(3)
        ]
    )  # fmt: skip
    log_p = gradient(
        lambda means: log_likelihood(GaussianMixture(model.weights, means, model.covariances), x),
        model.means.copy(),
    )
    np.testing.assert_allclose(by_equation, log_p, rtol=1e-6, atol=1e-7)
