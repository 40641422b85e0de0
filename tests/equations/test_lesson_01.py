"""The numbered equations of lesson 1, each side computed its own way."""

import itertools
from math import factorial, prod

import numpy as np
import pytest
import sympy as sp
from scipy import integrate, stats

from em_helpers import GaussianMixture, MultinomialMixture
from em_helpers.checks import simulated

DEFINITIONS = {
    "1.1": "the marginal of a latent variable model",
    "1.2": "conditional probability, in both orders",
    "1.8": "the joint of a Gaussian mixture",
    "1.16": "the restricted Boltzmann machine and its normalising constant",
}


@pytest.fixture
def rng():
    return np.random.default_rng(1)


@pytest.fixture
def topics(rng):
    """Weights of three topics, and their probabilities of four words."""
    return np.array([0.2, 0.5, 0.3]), rng.dirichlet(np.full(4, 0.8), 3)


@pytest.fixture
def machine(rng):
    """W, b and c of three visible and two hidden entries, and all their states."""
    states = np.array(list(itertools.product((0, 1), repeat=5)))
    W = rng.normal(0, 1.2, (3, 2))
    return W, rng.normal(size=3), rng.normal(size=2), states[:, :3], states[:, 3:]


def boltzmann(W, b, c, x, z):
    """Every state's probability under (1.16), the sums written out."""
    weights = np.array(
        [
            np.exp(
                sum(b[i] * u[i] for i in range(3))
                + sum(c[j] * v[j] for j in range(2))
                + sum(u[i] * W[i, j] * v[j] for i in range(3) for j in range(2))
            )
            for u, v in zip(x, z, strict=True)
        ]
    )
    return weights / weights.sum()


def belief_network(W, b, c, x, z):
    """Every state's probability as a product of scipy's Bernoullis, parents first."""
    p = np.ones(len(x))
    for j in range(2):
        p *= stats.bernoulli.pmf(z[:, j], 1 / (1 + np.exp(-c[j])))
    for i in range(3):
        p *= stats.bernoulli.pmf(x[:, i], 1 / (1 + np.exp(-(b[i] + z @ W[i]))))
    return p


def on_a_grid(model, half_width=14.0, steps=561):
    """Points of a fine grid around the means of a plane mixture, and the area of its cells."""
    sides = [np.linspace(m - half_width, m + half_width, steps) for m in model.means.mean(axis=0)]
    points = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2)
    return points, prod(side[1] - side[0] for side in sides)


def densities(x, model):
    """p(x | z_k) by scipy, (n, K)."""
    components = zip(model.means, model.covariances, strict=True)
    return np.column_stack(
        [np.atleast_1d(stats.multivariate_normal.pdf(x, *c)) for c in components]
    )


@pytest.mark.equation("1.3")
def test_equal_components_are_one_component_whatever_the_weights(rng):
    x, model = simulated.mixture(rng, 9, 3, 1)
    weights = rng.dirichlet(np.ones(4))
    mean, covariance = model.means[0], model.covariances[0]
    equal = GaussianMixture(weights, np.tile(mean, (4, 1)), np.tile(covariance, (4, 1, 1)))
    single = stats.multivariate_normal.pdf(x, mean, covariance)
    np.testing.assert_allclose(np.exp(equal.log_joint(x)).sum(axis=1), single, rtol=1e-10)


@pytest.mark.equation("1.4")
def test_word_by_word_is_count_by_count(rng, topics):
    _, words = topics
    article = rng.integers(0, 4, 9)
    counts = np.bincount(article, minlength=4)
    for beta in words:
        word_by_word = prod(beta[w] for w in article)
        assert prod(b**n for b, n in zip(beta, counts, strict=True)) == pytest.approx(word_by_word)
    beta = np.array([0.7, 0.3, 0.0, 0.0])
    assert np.prod(beta ** np.array([2, 1, 0, 0])) == pytest.approx(0.7 * 0.7 * 0.3)


@pytest.mark.equation("1.4")
def test_all_articles_of_one_length_are_certain_together(topics):
    _, words = topics
    for beta in words:
        every = itertools.product(range(4), repeat=5)
        total = sum(np.prod(beta ** np.bincount(a, minlength=4)) for a in every)
        assert total == pytest.approx(1)


@pytest.mark.equation("1.5")
def test_the_topics_log_joint_with_the_number_of_orders_is_the_multinomial(rng, topics):
    weights, words = topics
    counts = rng.poisson(1.4, 4)
    orders = factorial(counts.sum()) / prod(map(factorial, counts))
    (ours,) = MultinomialMixture(weights, words).log_joint(counts[None, :])
    for weight, beta, log_p in zip(weights, words, ours, strict=True):
        by_equation = np.log(weight) + counts @ np.log(beta)
        of_counts = np.log(weight) + stats.multinomial.logpmf(counts, counts.sum(), beta)
        assert by_equation + np.log(orders) == pytest.approx(of_counts)
        assert log_p == pytest.approx(of_counts)


@pytest.mark.equation("1.6")
def test_how_often_words_keep_company():
    weights = sp.symbols("p0 p1", positive=True)
    weights = (*weights, 1 - sum(weights))
    u, v = sp.symbols("u0:3"), sp.symbols("v0:3")
    mean_u, mean_v = (sum(w * b for w, b in zip(weights, each, strict=True)) for each in (u, v))
    together = sum(w * a * b for w, a, b in zip(weights, u, v, strict=True))
    covariance = sum(w * (a - mean_u) * (b - mean_v) for w, a, b in zip(weights, u, v, strict=True))
    assert sp.expand(together - mean_u * mean_v - covariance) == 0


@pytest.mark.equation("1.6")
def test_how_often_words_keep_company_among_draws(topics):
    weights, words = topics
    rng = np.random.default_rng(16)
    n = 300_000
    t = rng.choice(3, n, p=weights)
    pair = (rng.random((n, 2))[:, :, None] > words.cumsum(axis=1)[t][:, None, :]).sum(axis=2)
    drawn = np.histogram2d(*pair.T, bins=np.arange(5) - 0.5)[0] / n
    mean = weights @ words
    by_equation = np.outer(mean, mean) + np.einsum(
        "t,tu,tv->uv", weights, words - mean, words - mean
    )
    assert (np.abs(drawn - by_equation) < 5 * np.sqrt(by_equation / n)).all()
    assert (np.abs(drawn - np.outer(mean, mean)) > 5 * np.sqrt(by_equation / n)).any()


@pytest.mark.equation("1.7")
def test_the_gaussian_density_has_its_total_mean_and_covariance(rng):
    _, model = simulated.mixture(rng, 1, 2, 1)
    mean, covariance = model.means[0], model.covariances[0]
    points, area = on_a_grid(model)
    u = points - mean
    exponent = -0.5 * np.einsum("ni,ij,nj->n", u, np.linalg.inv(covariance), u)
    p = (2 * np.pi) ** -1 * np.linalg.det(covariance) ** -0.5 * np.exp(exponent) * area
    assert p.sum() == pytest.approx(1, abs=1e-6)
    np.testing.assert_allclose(p @ points, mean, atol=1e-5)
    np.testing.assert_allclose((p[:, None] * u).T @ u, covariance, atol=1e-4)


@pytest.mark.equation("1.9")
def test_the_log_joint_of_a_gaussian_mixture():
    for x, model in simulated.mixtures(19):
        d = x.shape[1]
        by_equation = np.empty((len(x), model.weights.size))
        for k, (weight, mean, covariance) in enumerate(zip(*model.theta, strict=True)):
            for i, u in enumerate(x - mean):
                by_equation[i, k] = (
                    np.log(weight)
                    - d / 2 * np.log(2 * np.pi)
                    - np.log(np.linalg.det(covariance)) / 2
                    - u @ np.linalg.inv(covariance) @ u / 2
                )
        by_scipy = np.log(model.weights * densities(x, model))
        np.testing.assert_allclose(by_equation, by_scipy, rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(model.log_joint(x), by_equation, rtol=1e-8, atol=1e-10)


@pytest.mark.equation("1.10")
def test_the_marginal_is_a_density(rng):
    _, model = simulated.mixture(rng, 1, 2, 3)
    points, area = on_a_grid(model)
    p = densities(points, model) @ model.weights
    assert p.sum() * area == pytest.approx(1, abs=1e-6)
    np.testing.assert_allclose(np.exp(model.log_joint(points)).sum(axis=1), p, rtol=1e-8)


@pytest.mark.equation("1.11")
def test_the_curvature_half_way():
    x, delta, sigma = sp.symbols("x delta sigma", positive=True)

    def gaussian(at, mean):
        return sp.exp(-((at - mean) ** 2) / (2 * sigma**2)) / sp.sqrt(2 * sp.pi * sigma**2)

    p = (gaussian(x, delta) + gaussian(x, -delta)) / 2
    said = gaussian(delta, 0) * (delta**2 - sigma**2) / sigma**4
    assert sp.simplify(sp.diff(p, x, 2).subs(x, 0) - said) == 0
    assert sp.simplify(sp.diff(p, x).subs(x, 0)) == 0
    once = sp.diff(gaussian(x, delta), x, 2)
    assert sp.simplify(once - gaussian(x, delta) * ((x - delta) ** 2 - sigma**2) / sigma**4) == 0


@pytest.mark.equation("1.11")
def test_near_components_make_one_hill_in_the_middle():
    x, delta, sigma = sp.symbols("x delta sigma", positive=True)
    u = delta * x / sigma**2
    either = [sp.exp(-((x - s * delta) ** 2) / (2 * sigma**2)) for s in (1, -1)]
    slope = sp.diff(sum(either), x) * sp.exp((x**2 + delta**2) / (2 * sigma**2)) * sigma**2
    said = 2 * (delta * sp.sinh(u) - x * sp.cosh(u))
    assert sp.simplify((slope - said).rewrite(sp.exp).expand()) == 0
    values = np.linspace(0.001, 6, 6000)
    for ratio, hills in ((0.3, 1), (0.9, 1), (1.0, 1), (1.1, 2), (2.0, 2)):
        sign = np.sign(ratio * np.tanh(ratio * values) - values)
        assert (sign < 0).all() == (hills == 1)
        assert sign[0] == (-1 if hills == 1 else 1)


@pytest.mark.equation("1.12")
def test_the_height_of_a_component_at_its_own_mean():
    for _, model in simulated.mixtures(112):
        d = model.means.shape[1]
        at_means = np.diag(model.weights * densities(model.means, model))
        roots = np.sqrt([np.linalg.det(S) for S in model.covariances])
        said = model.weights / ((2 * np.pi) ** (d / 2) * roots)
        np.testing.assert_allclose(at_means, said, rtol=1e-9)


@pytest.mark.equation("1.13")
def test_mean_and_covariance_of_a_mixture(rng):
    _, model = simulated.mixture(rng, 1, 2, 3)
    points, area = on_a_grid(model)
    p = densities(points, model) @ model.weights * area
    mean = p @ points
    covariance = (p[:, None] * (points - mean)).T @ (points - mean)
    weights, means, covariances = model.theta
    m = weights @ means
    within = sum(w * S for w, S in zip(weights, covariances, strict=True))
    between = sum(w * np.outer(mu - m, mu - m) for w, mu in zip(weights, means, strict=True))
    np.testing.assert_allclose(mean, m, atol=1e-4)
    np.testing.assert_allclose(covariance, within + between, atol=2e-3)
    assert np.abs(between).max() > 0.1


@pytest.mark.equation("1.14")
def test_parents_first_draws_from_the_joint_and_the_marginal():
    rng = np.random.default_rng(114)
    weights, means = np.array([0.25, 0.6, 0.15]), np.array([-1.0, 0.5, 2.0])
    deviations = np.array([0.6, 1.5, 0.4])
    n, edges = 200_000, np.array([-np.inf, -1.3, 0.0, 0.9, 1.8, np.inf])
    z = rng.choice(3, n, p=weights)
    x = rng.normal(means[z], deviations[z])
    joint = weights[:, None] * np.diff(
        stats.norm.cdf(edges, means[:, None], deviations[:, None]), axis=1
    )
    cells = np.searchsorted(edges, x) - 1
    drawn = np.array([np.bincount(cells[z == k], minlength=5) for k in range(3)])
    assert stats.chisquare(drawn.ravel(), n * joint.ravel()).pvalue > 1e-6
    by_marginal = [
        integrate.quad(lambda t: weights @ stats.norm.pdf(t, means, deviations), *each)[0]
        for each in itertools.pairwise(edges)
    ]
    assert stats.chisquare(drawn.sum(axis=0), n * np.array(by_marginal)).pvalue > 1e-6
    np.testing.assert_allclose(joint.sum(axis=0), by_marginal, rtol=1e-6)


@pytest.mark.equation("1.15")
def test_a_linear_map_of_noise_has_the_gaussian_density():
    a, b, c = sp.symbols("a b c", positive=True)
    x, mean = sp.Matrix(sp.symbols("x1 x2")), sp.Matrix(sp.symbols("m1 m2"))
    L = sp.Matrix([[a, 0], [b, c]])
    noise = L.inv() * (x - mean)
    by_change_of_variables = sp.exp(-(noise.dot(noise)) / 2) / (2 * sp.pi) * L.inv().det()
    covariance = L * L.T
    quadratic = ((x - mean).T * covariance.inv() * (x - mean))[0]
    gaussian = sp.exp(-quadratic / 2) / (2 * sp.pi * sp.sqrt(covariance.det()))
    ratio = sp.simplify(sp.log(gaussian / by_change_of_variables).expand(force=True))
    assert ratio == 0


@pytest.mark.equation("1.15")
def test_a_linear_map_of_noise_among_draws():
    rng = np.random.default_rng(115)
    covariance = np.array([[2.0, -1.1], [-1.1, 0.9]])
    L = np.linalg.cholesky(covariance)
    u = rng.standard_normal((200_000, 2)) @ L.T
    found = u.T @ u / len(u)
    error = np.sqrt((covariance**2 + np.outer(*[np.diag(covariance)] * 2)) / len(u))
    assert (np.abs(found - covariance) < 5 * error).all()
    assert (np.abs(found - covariance @ covariance) > 5 * error).any()
    distances = np.einsum("ni,ij,nj->n", u, np.linalg.inv(covariance), u)
    assert stats.kstest(distances, stats.chi2(2).cdf).pvalue > 1e-6


@pytest.mark.equation("1.17")
def test_the_slope_of_log_z_is_an_expectation(machine):
    W, b, c, x, z = machine
    p = boltzmann(*machine)

    def log_Z(W, b, c):
        return np.log(sum(np.exp(u @ b + v @ c + u @ W @ v) for u, v in zip(x, z, strict=True)))

    step = 1e-5
    for i, j in np.ndindex(3, 2):
        move = np.zeros((3, 2))
        move[i, j] = step
        slope = (log_Z(W + move, b, c) - log_Z(W - move, b, c)) / (2 * step)
        assert slope == pytest.approx(p @ (x[:, i] * z[:, j]), abs=1e-8)
    for i in range(3):
        slope = (log_Z(W, b + step * np.eye(3)[i], c) - log_Z(W, b - step * np.eye(3)[i], c)) / (
            2 * step
        )
        assert slope == pytest.approx(p @ x[:, i], abs=1e-8)


@pytest.mark.equation("1.18")
def test_the_curvature_of_log_z_is_a_covariance_and_ties_all_together():
    b, c, w = sp.symbols("b c w", real=True)
    Z = 1 + sp.exp(b) + sp.exp(c) + sp.exp(b + c + w)
    p11 = sp.exp(b + c + w) / Z
    p1, q1 = (sp.exp(b) + sp.exp(b + c + w)) / Z, (sp.exp(c) + sp.exp(b + c + w)) / Z
    for first, second, covariance in (
        (b, c, p11 - p1 * q1),
        (b, w, p11 - p1 * p11),
        (c, w, p11 - q1 * p11),
        (b, b, p1 - p1**2),
        (w, w, p11 - p11**2),
    ):
        assert sp.simplify(sp.diff(sp.log(Z), first, second) - covariance) == 0


@pytest.mark.equation("1.18")
def test_in_the_lessons_machine_no_pair_of_parameters_is_apart():
    W = np.array([[1.9, 1.6], [0.5, 1.1], [-0.9, 0.8]])
    b, c = np.array([-1.5, 0.2, 0.4]), np.array([0.5, -0.7])
    states = np.array(list(itertools.product((0, 1), repeat=5)))
    x, z = states[:, :3], states[:, 3:]
    p = boltzmann(W, b, c, x, z)
    phi = np.column_stack([x, z, *(x[:, i] * z[:, j] for i, j in np.ndindex(3, 2))])
    covariance = (phi.T * p) @ phi - np.outer(p @ phi, p @ phi)
    assert np.abs(covariance).min() > 1e-4


@pytest.mark.equation("1.19")
def test_the_directed_models_log_joint(machine):
    W, b, c, x, z = machine
    by_equation = [
        b @ u + c @ v + u @ W @ v - np.log1p(np.exp(c)).sum() - np.log1p(np.exp(b + W @ v)).sum()
        for u, v in zip(x, z, strict=True)
    ]
    p = belief_network(*machine)
    np.testing.assert_allclose(by_equation, np.log(p), rtol=1e-10)
    assert p.sum() == pytest.approx(1)


@pytest.mark.equation("1.20")
def test_hidden_entries_are_independent_given_the_visible_in_the_undirected_model(machine):
    W, _, c, x, z = machine
    apart = []
    for u in itertools.product((0, 1), repeat=3):
        rows = (x == u).all(axis=1)
        undirected, directed = boltzmann(*machine)[rows], belief_network(*machine)[rows]
        one = 1 / (1 + np.exp(-(c + u @ W)))
        said = [np.prod(np.where(v == 1, one, 1 - one)) for v in z[rows]]
        np.testing.assert_allclose(undirected / undirected.sum(), said, rtol=1e-10)
        q = (directed / directed.sum()).reshape(2, 2)
        apart.append(abs(q[1, 1] - q[1].sum() * q[:, 1].sum()))
    assert max(apart) > 1e-3


@pytest.mark.equation("1.21")
def test_the_response_given_its_inputs(rng):
    joint = rng.dirichlet(np.ones(2 * 3 * 4)).reshape(2, 3, 4)  # p(x, z, y)
    of_x = joint.sum(axis=(1, 2))
    z_given_x = joint.sum(axis=2) / of_x[:, None]
    y_given_both = joint / joint.sum(axis=2, keepdims=True)
    by_equation = np.einsum("xz,xzy->xy", z_given_x, y_given_both)
    np.testing.assert_allclose(by_equation, joint.sum(axis=1) / of_x[:, None], rtol=1e-12)
