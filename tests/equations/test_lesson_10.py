"""The numbered equations of lesson 10, each side computed its own way."""

import itertools

import numpy as np
import pytest
import sympy as sp
from scipy import integrate, optimize, special, stats

from em_helpers import CoupledFactors, ProbabilisticPCA, log_likelihood, responsibilities
from em_helpers.approximate import fit_mean_field, mean_field, mean_field_elbo
from em_helpers.checks import simulated

DEFINITIONS = {
    "10.1": "coupled binary causes",
    "10.5": "the frequencies of m draws",
    "10.11": "a q that is a product over causes",
    "10.25": "probabilistic PCA",
    "10.28": "the linear encoder",
    "10.35": "the variational autoencoder",
}


@pytest.fixture
def rng():
    return np.random.default_rng(10)


def coupled(rng, causes=3, d=2, n=6):
    """A model of coupled causes and some rows drawn from it."""
    factors = rng.normal(0.3, 1, (causes, d))
    model = CoupledFactors(factors, rng.uniform(0.15, 0.8, causes), rng.uniform(0.4, 1.5))
    return model, model.sample(rng, n)[0]


def states(causes):
    return np.array(list(itertools.product([0.0, 1.0], repeat=causes)))


def log_joint(model, x):
    """log p(x, z) of every state, by scipy's densities: (n, 2^J)."""
    table = []
    for z in states(len(model.priors)):
        prior = stats.bernoulli(model.priors).logpmf(z.astype(int)).sum()
        noise = model.variance * np.eye(x.shape[1])
        density = stats.multivariate_normal(z @ model.factors, noise).logpdf(x)
        table.append(prior + np.atleast_1d(density))
    return np.array(table).T


def posterior(model, x):
    return special.softmax(log_joint(model, x), axis=1)


def product(q):
    """Probabilities of every state under independent causes: (n, 2^J)."""
    all_states = states(q.shape[1])
    return np.where(all_states == 1, q[:, None], 1 - q[:, None]).prod(axis=2)


def bound(model, x, q):
    """L(p, q) over the enumerated states."""
    over_states = product(q)
    return np.sum(over_states * log_joint(model, x)) + stats.entropy(over_states, axis=1).sum()


def conditional_odds(model, x, others, j):
    """The right side of (10.7) and (10.15), for numbers of the other causes: (n,)."""
    f = model.factors[j]
    rest = x - others @ model.factors + others[:, [j]] * f
    return np.log(model.priors[j] / (1 - model.priors[j])) + (rest - f / 2) @ f / model.variance


@pytest.mark.equation("10.2")
def test_the_joint_of_coupled_causes(rng):
    model, x = coupled(rng)
    formula = []
    for z in states(3):
        prior = z @ np.log(model.priors) + (1 - z) @ np.log(1 - model.priors)
        square = ((x - z @ model.factors) ** 2).sum(axis=1)
        formula.append(prior - np.log(2 * np.pi * model.variance) - square / 2 / model.variance)
    np.testing.assert_allclose(np.array(formula).T, log_joint(model, x), rtol=1e-12)
    np.testing.assert_allclose(model.log_joint(x), log_joint(model, x), rtol=1e-12)


@pytest.mark.equation("10.3")
def test_the_density_is_a_mixture_over_all_states(rng):
    model, x = coupled(rng, causes=4, d=1)
    assert model.states.shape == (16, 4)
    density = special.logsumexp(log_joint(model, x), axis=1)
    assert log_likelihood(model, x) == pytest.approx(density.sum())
    grid = np.linspace(-30, 30, 20_001)[:, None]
    whole = np.exp(special.logsumexp(log_joint(model, grid), axis=1)).sum() * 0.003
    assert whole == pytest.approx(1, abs=1e-6)
    np.testing.assert_allclose(responsibilities(model, x), posterior(model, x), rtol=1e-9)


@pytest.mark.equation("10.4")
def test_the_posterior_couples_causes_whose_factors_are_not_orthogonal(rng):
    model, x = coupled(rng)
    f, s = model.factors, model.variance
    h = special.logit(model.priors) + (x @ f.T - (f**2).sum(axis=1) / 2) / s
    energy = []
    for z in states(3):
        pairs = sum(z[i] * z[j] * f[i] @ f[j] for i, j in itertools.combinations(range(3), 2))
        energy.append(h @ z - pairs / s)
    np.testing.assert_allclose(special.softmax(np.array(energy).T, axis=1), posterior(model, x))


@pytest.mark.equation("10.6")
def test_moments_of_the_frequencies():
    r, m = np.array([0.2, 0.5, 0.3]), 4
    counts = np.array([c for c in itertools.product(range(m + 1), repeat=3) if sum(c) == m])
    chance = stats.multinomial(m, r).pmf(counts)
    frequency = counts / m
    np.testing.assert_allclose(chance @ frequency, r)
    second = np.einsum("c,ci,cj->ij", chance, frequency, frequency) - np.outer(r, r)
    np.testing.assert_allclose(second, (np.diag(r) - np.outer(r, r)) / m, atol=1e-14)


@pytest.mark.equation("10.7")
def test_log_odds_of_one_cause_given_the_others(rng):
    model, x = coupled(rng)
    table, all_states = log_joint(model, x), states(3)
    for j, z in itertools.product(range(3), all_states):
        on, off = z.copy(), z.copy()
        on[j], off[j] = 1, 0
        pick = [int(np.flatnonzero((all_states == each).all(axis=1))[0]) for each in (on, off)]
        odds = conditional_odds(model, x, np.tile(z, (len(x), 1)), j)
        np.testing.assert_allclose(table[:, pick[0]] - table[:, pick[1]], odds, rtol=1e-9)


@pytest.mark.equation("10.8")
def test_a_gibbs_step_leaves_the_posterior_as_it_is(rng):
    model, x = coupled(rng, n=1)
    p, all_states = posterior(model, x)[0], states(3)
    for j in range(3):
        after = np.zeros(8)
        for z, share in zip(all_states, p, strict=True):
            on = special.expit(conditional_odds(model, x, z[None], j)[0])
            for value, chance in ((1, on), (0, 1 - on)):
                new = z.copy()
                new[j] = value
                after[int(np.flatnonzero((all_states == new).all(axis=1))[0])] += share * chance
        np.testing.assert_allclose(after, p, rtol=1e-9)


@pytest.mark.equation("10.9")
def test_mean_and_variance_of_the_estimated_objective(rng):
    x, model = simulated.overlapping(rng, 5, 2, 3)
    _, other = simulated.mixture(rng, 1, 2, 3)
    r, values, m = responsibilities(model, x), other.log_joint(x), 3
    expected = (r * values).sum()
    variance = ((r * values**2).sum(axis=1) - (r * values).sum(axis=1) ** 2).sum() / m
    mean, spread = 0.0, 0.0
    for row, value in zip(r, values, strict=True):  # exactly, over all outcomes of three draws
        draws = np.array(list(itertools.product(range(3), repeat=m)))
        chance, average = row[draws].prod(axis=1), value[draws].mean(axis=1)
        mean += chance @ average
        spread += chance @ average**2 - (chance @ average) ** 2
    assert mean == pytest.approx(expected)
    assert spread == pytest.approx(variance)


@pytest.mark.equation("10.10")
def test_what_remains_of_the_climb_with_draws(rng):
    x, model = simulated.overlapping(rng, 40, 2, 2)
    gains = []
    for _ in range(60):
        r = responsibilities(model, x)
        drawn = rng.multinomial(3, r) / 3
        after = model.m_step(model.statistics(x, drawn))

        def objectives(at, drawn=drawn, r=r):
            values = at.log_joint(x)
            return (drawn * values).sum(), (r * values).sum()

        (new_estimate, new), (old_estimate, old) = objectives(after), objectives(model)
        gains.append(log_likelihood(after, x) - log_likelihood(model, x))
        assert new_estimate >= old_estimate
        noise = (new_estimate - new) - (old_estimate - old)
        assert gains[-1] >= new_estimate - old_estimate - noise - 1e-9
        model = after
    assert min(gains) < -0.01


@pytest.mark.equation("10.12")
def test_the_best_factor_given_the_others(rng):
    model, x = coupled(rng, n=1)
    q = rng.uniform(0.1, 0.9, (1, 3))

    def at(j, value):
        moved = q.copy()
        moved[0, j] = value
        return bound(model, x, moved)

    for j in range(3):
        expected = []  # of log p(x, z) over the other causes, for z_j = 0 and 1
        for value in (0.0, 1.0):
            sure = q.copy()
            sure[0, j] = value
            expected.append(np.sum(product(sure) * log_joint(model, x)))
        best = special.softmax(expected)[1]
        grid = np.array([0.03, 0.3, 0.66, 0.98])
        kl = special.rel_entr(grid, best) + special.rel_entr(1 - grid, 1 - best)
        np.testing.assert_allclose([at(j, best) - at(j, g) for g in grid], kl, rtol=1e-8)


@pytest.mark.equation("10.13")
def test_the_expected_square_under_a_product(rng):
    model, x = coupled(rng)
    q = rng.uniform(0.1, 0.9, (6, 3))
    squares = np.array([((x - z @ model.factors) ** 2).sum(axis=1) for z in states(3)]).T
    formula = ((x - q @ model.factors) ** 2).sum(axis=1)
    formula += (q * (1 - q)) @ (model.factors**2).sum(axis=1)
    np.testing.assert_allclose((product(q) * squares).sum(axis=1), formula, rtol=1e-12)


@pytest.mark.equation("10.14")
def test_the_bound_without_a_sum_over_states(rng):
    model, x = coupled(rng)
    q, p, s = rng.uniform(0.1, 0.9, (6, 3)), model.priors, model.variance
    each = q * np.log(p / q) + (1 - q) * np.log((1 - p) / (1 - q))
    square = ((x - q @ model.factors) ** 2).sum(axis=1)
    square = square + (q * (1 - q)) @ (model.factors**2).sum(axis=1)
    formula = each.sum() - len(x) * np.log(2 * np.pi * s) - square.sum() / 2 / s
    assert formula == pytest.approx(bound(model, x, q), rel=1e-12)
    assert mean_field_elbo(model, x, q) == pytest.approx(formula, rel=1e-12)


@pytest.mark.equation("10.15")
def test_the_update_is_the_top_along_its_coordinate(rng):
    model, x = coupled(rng, n=2)
    q = rng.uniform(0.1, 0.9, (2, 3))
    for i, j in itertools.product(range(2), range(3)):

        def fall(value, i=i, j=j):
            moved = q[[i]].copy()
            moved[0, j] = value
            return -bound(model, x[[i]], moved)

        best = optimize.minimize_scalar(
            fall, bounds=(1e-9, 1 - 1e-9), method="bounded", options={"xatol": 1e-9}
        ).x
        odds = conditional_odds(model, x[[i]], q[[i]], j)[0]
        assert best == pytest.approx(special.expit(odds), abs=2e-6)


@pytest.mark.equation("10.16")
def test_the_gap_is_a_divergence(rng):
    model, x = coupled(rng)
    q = rng.uniform(0.05, 0.95, (6, 3))
    divergence = special.rel_entr(product(q), posterior(model, x)).sum()
    log_p = special.logsumexp(log_joint(model, x), axis=1).sum()
    assert log_p - mean_field_elbo(model, x, q) == pytest.approx(divergence)
    assert divergence > 0.1


@pytest.mark.equation("10.17")
def test_orthogonal_factors_have_no_gap_after_one_sweep(rng):
    directions = np.linalg.qr(rng.normal(size=(4, 4)))[0][:3]
    model = CoupledFactors(directions * [[2.0], [0.7], [1.3]], [0.2, 0.6, 0.4], 0.8)
    x = model.sample(rng, 7)[0]
    q = mean_field(model, x, 1)
    np.testing.assert_allclose(q, posterior(model, x) @ states(3), rtol=1e-9)
    np.testing.assert_allclose(product(q), posterior(model, x), rtol=1e-8)
    oblique = CoupledFactors(model.factors + np.array([0, 0.5, 0, 0.2]), model.priors, 0.8)
    q = posterior(oblique, x) @ states(3)
    assert abs(product(q) - posterior(oblique, x)).max() > 1e-3


@pytest.mark.equation("10.18")
def test_products_of_independent_causes(rng):
    q, all_states = rng.uniform(0.1, 0.9, (1, 3)), states(3)
    second = np.einsum("s,si,sj->ij", product(q)[0], all_states, all_states)
    formula = np.outer(q, q)
    np.fill_diagonal(formula, q)
    np.testing.assert_allclose(second, formula, rtol=1e-12)
    np.testing.assert_allclose(product(q) @ all_states, q, rtol=1e-12)


@pytest.mark.equation("10.19")
def test_the_m_step_of_coupled_causes_is_the_top(rng):
    model, x = coupled(rng, n=30)
    q, all_states = rng.uniform(0.1, 0.9, (30, 3)), states(3)
    p = product(q)
    first, second = p @ all_states, np.einsum("ns,si,sj->ij", p, all_states, all_states)
    factors = np.linalg.inv(second) @ first.T @ x
    squares = np.array([((x - z @ factors) ** 2).sum(axis=1) for z in all_states]).T
    top = CoupledFactors(factors, first.mean(axis=0), (p * squares).sum() / 60)

    def objective(at):
        return (p * log_joint(at, x)).sum()

    best = objective(top)
    assert best > objective(model)
    for size in (1e-3, 0.03, 0.3):
        for _ in range(5):
            moved = CoupledFactors(
                top.factors + size * rng.normal(size=(3, 2)),
                special.expit(special.logit(top.priors) + size * rng.normal(size=3)),
                top.variance * np.exp(size * rng.normal()),
            )
            assert objective(moved) < best


@pytest.mark.equation("10.20", "10.21")
def test_the_bound_climbs_and_the_likelihood_may_fall(rng):
    model, x = coupled(rng, causes=3, d=3, n=150)
    for _ in range(400):  # exact EM, to near the top of log p
        model = model.m_step(model.e_step(x))
    trace = fit_mean_field(model, x, sweeps=4, tol=0, max_iterations=12).trace
    q, log_p, before = mean_field(model, x, 4), [], None
    for t in range(13):
        value = bound(model, x, q)
        gap = special.rel_entr(product(q), posterior(model, x)).sum()
        log_p.append(special.logsumexp(log_joint(model, x), axis=1).sum())
        assert value == pytest.approx(trace[t])
        assert value <= log_p[-1]
        if before is not None:
            last_value, last_gap, raised = before
            assert last_value <= raised + 1e-9 <= value + 2e-9
            gained = (value - last_value) + (gap - last_gap)
            assert log_p[-1] - log_p[-2] == pytest.approx(gained, abs=1e-7)
        all_states, p = states(3), product(q)
        second = np.einsum("ns,si,sj->ij", p, all_states, all_states)
        factors = np.linalg.solve(second, (p @ all_states).T @ x)
        squares = np.array([((x - z @ factors) ** 2).sum(axis=1) for z in all_states]).T
        model = CoupledFactors(factors, q.mean(axis=0), (p * squares).sum() / x.size)
        before = value, gap, bound(model, x, q)
        q = mean_field(model, x, 4, q)
    assert np.diff(log_p).min() < -1e-3


@pytest.mark.equation("10.22")
def test_some_rows_give_the_gradient_on_average(rng):
    gradients, b = rng.normal(size=(6, 3)), 2
    estimates = [6 / b * gradients[list(rows)].sum(axis=0)
                 for rows in itertools.combinations(range(6), b)]  # fmt: skip
    np.testing.assert_allclose(np.mean(estimates, axis=0), gradients.sum(axis=0), rtol=1e-12)


@pytest.mark.equation("10.23")
def test_the_score_function_gives_the_gradient_of_the_bound(rng):
    model, x = coupled(rng, n=1)
    logits = rng.normal(size=3)

    def value(at):
        return bound(model, x, special.expit(at)[None])

    slope = optimize.approx_fprime(logits, value, 1e-7)
    q = special.expit(logits)[None]
    p, all_states = product(q)[0], states(3)
    inside = log_joint(model, x)[0] - np.log(p)
    score = all_states - q  # of Π q^z (1 − q)^(1 − z), in the log odds
    np.testing.assert_allclose((p * inside) @ score, slope, rtol=1e-5)


@pytest.mark.equation("10.24")
def test_reparametrised_gradients(rng):
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    weights = weights / weights.sum()
    eps = np.array(list(itertools.product(nodes, repeat=2)))
    chance = np.array([np.prod(w) for w in itertools.product(weights, repeat=2)])

    def log_p(z):  # not quadratic: a bent decoder
        return -0.5 * (z**2).sum(axis=-1) - (1.2 - z[..., 0] - 0.3 * z[..., 1] ** 2) ** 2

    def slope(z):
        rest = 1.2 - z[..., 0] - 0.3 * z[..., 1] ** 2
        return -z + 2 * rest[..., None] * np.stack([np.ones(len(z)), 0.6 * z[..., 1]], axis=-1)

    def value(flat):
        T = np.array([[flat[2], 0], [flat[3], flat[4]]])
        return chance @ log_p(flat[:2] + eps @ T.T) + np.log(abs(np.linalg.det(T)))

    at = np.array([0.3, -0.8, 0.6, 0.2, 0.9])
    T = np.array([[at[2], 0], [at[3], at[4]]])
    g = slope(at[:2] + eps @ T.T)
    by_T = np.tril((chance * g.T) @ eps + np.linalg.inv(T).T)
    formula = np.r_[chance @ g, by_T[0, 0], by_T[1, 0], by_T[1, 1]]
    np.testing.assert_allclose(formula, optimize.approx_fprime(at, value, 1e-7), rtol=1e-5)


def factors(rng, d=4, dims=2, n=40):
    loadings = rng.normal(0.3, 1.2, (d, dims))
    model = ProbabilisticPCA(rng.normal(1, 2, d), loadings, rng.uniform(0.4, 1.2))
    return model, model.sample(rng, n)[0]


def covariance(model):
    return model.loadings @ model.loadings.T + model.variance * np.eye(model.mean.size)


@pytest.mark.equation("10.26")
def test_the_marginal_of_probabilistic_pca(rng):
    model, x = factors(rng, d=3, dims=1, n=4)
    W, noise = model.loadings[:, 0], model.variance * np.eye(3)
    for row in x:

        def joint(z, row=row):
            density = stats.multivariate_normal(model.mean + W * z, noise).pdf(row)
            return stats.norm.pdf(z) * density

        whole = integrate.quad(joint, -12, 12)[0]
        formula = stats.multivariate_normal(model.mean, covariance(model)).pdf(row)
        assert whole == pytest.approx(formula, rel=1e-7)


@pytest.mark.equation("10.27")
def test_the_posterior_of_probabilistic_pca(rng):
    model, x = factors(rng)
    W = model.loadings
    M = W.T @ W + model.variance * np.eye(2)
    for row, z in zip(x[:4], rng.normal(size=(4, 2)), strict=True):
        ratio = stats.multivariate_normal(np.zeros(2), np.eye(2)).logpdf(z)
        noise = model.variance * np.eye(4)
        ratio += stats.multivariate_normal(model.mean + W @ z, noise).logpdf(row)
        ratio -= stats.multivariate_normal(model.mean, covariance(model)).logpdf(row)
        centre = np.linalg.solve(M, W.T @ (row - model.mean))
        formula = stats.multivariate_normal(centre, model.variance * np.linalg.inv(M)).logpdf(z)
        assert formula == pytest.approx(ratio)


@pytest.mark.equation("10.29")
def test_turning_the_loadings_changes_nothing(rng):
    model, x = factors(rng, dims=3)
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    turned = ProbabilisticPCA(model.mean, model.loadings @ turn, model.variance)
    np.testing.assert_allclose(covariance(turned), covariance(model), rtol=1e-9)
    assert log_likelihood(turned, x) == pytest.approx(log_likelihood(model, x))


def closed_form(x, dims):
    values, vectors = np.linalg.eigh(np.cov(x.T, bias=True))
    noise = values[:-dims].mean()
    return ProbabilisticPCA(
        x.mean(axis=0), vectors[:, -dims:] * np.sqrt(values[-dims:] - noise), noise
    )


def density(model, x):
    return stats.multivariate_normal(model.mean, covariance(model)).logpdf(x).sum()


@pytest.mark.equation("10.30")
def test_the_closed_form_is_the_top(rng):
    _, x = factors(rng)
    top = closed_form(x, 2)
    best = density(top, x)
    for size in (1e-3, 0.03, 0.3):
        for _ in range(5):
            moved = ProbabilisticPCA(
                top.mean + size * rng.normal(size=4),
                top.loadings + size * rng.normal(size=(4, 2)),
                top.variance * np.exp(size * rng.normal()),
            )
            assert density(moved, x) < best

    def fall(flat):
        return -density(ProbabilisticPCA(flat[:4], flat[4:12].reshape(4, 2), np.exp(flat[12])), x)

    for _ in range(3):
        found = optimize.minimize(fall, np.r_[x.mean(axis=0), rng.normal(size=9)])
        assert -found.fun <= best + 1e-6
    assert log_likelihood(ProbabilisticPCA.closed_form(x, 2), x) == pytest.approx(best)


@pytest.mark.equation("10.31")
def test_the_em_step_of_probabilistic_pca_is_the_top(rng):
    model, x = factors(rng)
    W, s, mean = rng.normal(size=(4, 2)), 0.7, model.mean + 0.2
    M = W.T @ W + s * np.eye(2)
    e = np.linalg.solve(M, W.T @ (x - mean).T).T
    spread = s * np.linalg.inv(M)
    nodes = np.sqrt(2) * np.vstack([np.eye(2), -np.eye(2)]) @ np.linalg.cholesky(spread).T

    def objective(W, s):  # the average over these nodes is exact for a quadratic
        total = 0.0
        for node in nodes:
            z = e + node
            rest = x - mean - z @ W.T
            total += stats.norm.logpdf(z).sum() + stats.norm(0, np.sqrt(s)).logpdf(rest).sum()
        return total / len(nodes)

    V, U = (x - mean).T @ e, e.T @ e + len(x) * spread
    new = V @ np.linalg.inv(U)
    noise = (((x - mean) ** 2).sum() - np.trace(new.T @ V)) / x.size
    top = objective(new, noise)
    for size in (1e-3, 0.03, 0.3):
        for _ in range(5):
            moved = new + size * rng.normal(size=(4, 2)), noise * np.exp(size * rng.normal())
            assert objective(*moved) < top
    before, after = ProbabilisticPCA(mean, W, s), ProbabilisticPCA(mean, new, noise)
    assert density(after, x) > density(before, x)


def row_bound(model, x, m, T):
    """One row's bound by Gauss-Hermite quadrature over log p(x, z) − log q(z)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(4)
    weights, total, S = weights / weights.sum(), 0.0, T @ T.T
    for (a, u), (b, v) in itertools.product(zip(nodes, weights, strict=True), repeat=2):
        z = m + T @ [a, b]
        inside = stats.norm.logpdf(z).sum() - stats.multivariate_normal(m, S).logpdf(z)
        inside += stats.norm(model.mean + model.loadings @ z, model.variance**0.5).logpdf(x).sum()
        total += u * v * inside
    return total


@pytest.fixture
def encoded(rng):
    """A model, its rows, and some encoder that is not the posterior."""
    model, x = factors(rng, n=2)
    T = np.array([[0.7, 0.0], [0.2, 0.5]])
    return model, x, rng.normal(0, 0.4, (2, 4)), rng.normal(size=2), T


@pytest.mark.equation("10.32")
def test_the_bound_is_rebuilding_less_divergence_from_the_prior(encoded):
    model, x, A, b, T = encoded
    W, s = model.loadings, model.variance
    for row in x:
        m, S = A @ row + b, T @ T.T
        rest = row - model.mean - W @ m
        rebuilt = -2 * np.log(2 * np.pi * s) - (rest @ rest + np.trace(W @ S @ W.T)) / (2 * s)
        kl = (m @ m + np.trace(S) - 2 - np.linalg.slogdet(S)[1]) / 2
        assert rebuilt - kl == pytest.approx(row_bound(model, row, m, T))


@pytest.mark.equation("10.33")
def test_the_gap_of_an_encoder_has_two_parts(rng):
    model, x = coupled(rng, n=3)
    q = special.expit(x @ rng.normal(0, 0.3, (2, 3)))  # an encoder's, not at its best
    grid = np.linspace(0.001, 0.999, 40)
    approximation = amortisation = 0.0
    for row, given in zip(x[:, None], q, strict=True):
        starts = [[0.5] * 3, *states(3) * 0.8 + 0.1]
        kl, best = np.inf, -np.inf
        for start in starts:
            found = mean_field(model, row, 150, [start])
            kl = min(kl, special.rel_entr(product(found), posterior(model, row)).sum())
            best = max(best, bound(model, row, found))
        coarse = np.array(list(itertools.product(grid[::4], repeat=3)))
        everywhere = special.rel_entr(product(coarse), posterior(model, row)).sum(axis=1)
        assert kl <= everywhere.min() + 1e-9
        approximation += kl
        amortisation += best - bound(model, row, given[None])
    log_p = special.logsumexp(log_joint(model, x), axis=1).sum()
    assert approximation > 1e-3
    assert amortisation > 1e-3
    assert log_p - bound(model, x, q) == pytest.approx(approximation + amortisation)


@pytest.mark.equation("10.34")
def test_gradients_of_the_encoders_bound(encoded):
    model, x, A, b, T = encoded

    def value(flat):
        W, noise = flat[:8].reshape(4, 2), np.exp(flat[8])
        A, b = flat[9:17].reshape(2, 4), flat[17:19]
        T = np.array([[flat[19], 0], [flat[20], flat[21]]])
        at = ProbabilisticPCA(model.mean, W, noise)
        return sum(row_bound(at, row, A @ row + b, T) for row in x)

    W, s = model.loadings, model.variance
    at = np.r_[W.ravel(), np.log(s), A.ravel(), b, T[0, 0], T[1, 0], T[1, 1]]
    eps = np.sqrt(2) * np.vstack([np.eye(2), -np.eye(2)])
    by = [np.zeros((4, 2)), 0.0, np.zeros((2, 4)), np.zeros(2), np.zeros((2, 2))]
    for row in x:
        m = A @ row + b
        z = m + eps @ T.T
        rest = row - model.mean - z @ W.T
        toward = (rest @ W).mean(axis=0) / s - m
        by[0] += rest.T @ z / 4 / s
        by[1] += (rest**2).sum(axis=1).mean() / 2 / s - 2
        by[2] += np.outer(toward, row)
        by[3] += toward
        by[4] += np.tril((rest @ W).T @ eps / 4 / s - T + np.linalg.inv(T).T)
    formula = np.r_[by[0].ravel(), by[1], by[2].ravel(), by[3], by[4][[0, 1, 1], [0, 0, 1]]]
    slope = optimize.approx_fprime(at, value, 1e-6)
    np.testing.assert_allclose(formula, slope, rtol=1e-4, atol=1e-4)


@pytest.mark.equation("10.36")
def test_the_bound_with_an_unknown_label(rng):
    joint = rng.dirichlet(np.ones(12)).reshape(3, 4) * 0.07  # p(x, y, z) at one x
    classifier, encoder = rng.dirichlet(np.ones(3)), rng.dirichlet(np.ones(4), size=3)
    by_label = (encoder * (np.log(joint) - np.log(encoder))).sum(axis=1)
    formula = classifier @ by_label + stats.entropy(classifier)
    both = classifier[:, None] * encoder
    assert formula == pytest.approx(np.sum(both * (np.log(joint) - np.log(both))))
    assert formula < np.log(joint.sum())
    best = joint / joint.sum(axis=1, keepdims=True)
    tight = joint.sum(axis=1) / joint.sum()
    by_label = (best * (np.log(joint) - np.log(best))).sum(axis=1)
    assert tight @ by_label + stats.entropy(tight) == pytest.approx(np.log(joint.sum()))


@pytest.mark.equation("10.37")
def test_the_bound_with_an_input_as_condition(rng):
    prior, likelihood = rng.dirichlet(np.ones(4)), rng.uniform(0.01, 0.6, 4)
    log_p = np.log(prior @ likelihood)
    exact = prior * likelihood / (prior @ likelihood)
    for q in (*rng.dirichlet(np.ones(4), size=5), exact):
        value = q @ np.log(likelihood) - special.rel_entr(q, prior).sum()
        assert value <= log_p + 1e-12
        assert log_p - value == pytest.approx(special.rel_entr(q, exact).sum(), abs=1e-12)


@pytest.mark.equation("10.38")
def test_directions_below_the_noise_are_switched_off(rng):
    c, value, noise = sp.symbols("c lambda s", positive=True)
    slope = sp.diff(sp.log(c) + value / c, c)
    assert sp.simplify(slope - (c - value) / c**2) == 0
    _, x = factors(rng, d=3, dims=1, n=60)
    eigenvalues = np.linalg.eigvalsh(np.cov(x.T, bias=True))[::-1]
    noise = (eigenvalues[1] + eigenvalues[0]) / 2  # only the first direction is above it

    def fall(flat):
        return -density(ProbabilisticPCA(x.mean(axis=0), flat.reshape(3, 2), noise), x)

    found = optimize.minimize(fall, rng.normal(size=6), options={"gtol": 1e-9})
    lengths = np.linalg.svd(found.x.reshape(3, 2))[1] ** 2
    expected = np.maximum(eigenvalues[:2] - noise, 0)
    np.testing.assert_allclose(lengths, expected, atol=1e-3 * expected[0])
