"""Curvature, standard errors, the rate of convergence, BIC."""

import numpy as np
import pytest

from em_helpers import (
    BernoulliMixture,
    BinomialMixture,
    CoupledFactors,
    DiagonalGaussianMixture,
    GaussianMixture,
    Linkage,
    MultinomialMixture,
    NormalWithMissing,
    PoissonMixture,
    ProbabilisticPCA,
    RegressionMixture,
    SphericalGaussianMixture,
    TiedGaussianMixture,
    bic,
    convergence_rate,
    datasets,
    fit,
    log_likelihood,
    observed_information,
    rate_matrix,
    standard_errors,
)
from em_helpers.models import pack

COUNTS = datasets.linkage_counts()


def linkage():
    return fit(Linkage(0.5), COUNTS, tol=0.0, max_iterations=60).model


def notices():
    start = PoissonMixture([0.36, 0.64], [[1.256], [2.663]])
    return fit(start, datasets.death_notices(), tol=0.0, max_iterations=6000).model


def test_linkage_information_by_hand():
    """Y₁/(2 + θ)² + (y₂ + y₃)/(1 − θ)² + y₄/θ²; Louis (1982) gives 377.5."""
    t = linkage().theta
    expected = 125 / (2 + t) ** 2 + 38 / (1 - t) ** 2 + 34 / t**2
    found = observed_information(linkage(), COUNTS)
    assert found[0, 0] == pytest.approx(expected, rel=1e-7)
    assert round(found[0, 0], 1) == 377.5
    assert standard_errors(linkage(), COUNTS) == pytest.approx([expected**-0.5], rel=1e-7)


def test_linkage_rate_by_hand():
    """The missing share of the information; Dempster, Laird and Rubin (1977) give .1328."""
    t = linkage().theta
    hidden = 125 * t / (2 + t)
    complete = (hidden + 34) / t**2 + 38 / (1 - t) ** 2
    observed = 125 / (2 + t) ** 2 + 38 / (1 - t) ** 2 + 34 / t**2
    found = rate_matrix(linkage(), COUNTS)
    assert found[0, 0] == pytest.approx(1 - observed / complete, rel=1e-7)
    assert round(found[0, 0], 3) == 0.133


def test_poisson_information_against_the_outer_derivative():
    """The Hessian of log Σ π_k e^−λ λ^x written out, for one Poisson and for two."""
    x = datasets.death_notices()
    one = PoissonMixture([1.0], [[x.mean()]])
    assert observed_information(one, x) == pytest.approx(np.array([[len(x) / x.mean()]]), rel=1e-7)
    model = notices()
    rates, w = model.rates[:, 0], model.weights
    values = x[:, 0]
    p = np.exp(model.log_joint(x)) / w
    density = p @ w
    slope = values[:, None] / rates - 1
    first = np.column_stack([(p[:, 0] - p[:, 1]), w * p * slope]) / density[:, None]
    total = -first.T @ first
    for k in range(2):
        second = w[k] * p[:, k] * (slope[:, k] ** 2 - values / rates[k] ** 2) / density
        total[1 + k, 1 + k] += second.sum()
        cross = (-1) ** k * p[:, k] * slope[:, k] / density
        total[0, 1 + k] += cross.sum()
        total[1 + k, 0] += cross.sum()
    found = observed_information(model, x)
    assert found == pytest.approx(-total, rel=1e-5, abs=1e-5 * np.abs(total).max())


@pytest.mark.slow
def test_iterates_shrink_by_the_largest_eigenvalue():
    x = datasets.death_notices()
    rate = np.linalg.eigvals(rate_matrix(notices(), x)).real.max()
    model, iterates = PoissonMixture([0.4, 0.6], [[1.0], [2.0]]), []
    for _ in range(1500):
        model = model.m_step(model.e_step(x))
        iterates.append(pack(model))
    assert convergence_rate(iterates) == pytest.approx(rate, abs=5e-4)


def test_rate_of_old_faithful():
    x = datasets.faithful()
    start = GaussianMixture(
        [0.4, 0.6], [[2.0, 55.0], [4.3, 80.0]], [np.diag([0.1, 40.0]), np.diag([0.2, 40.0])]
    )
    found = fit(start, x, tol=0.0, max_iterations=80).model
    rate = np.linalg.eigvals(rate_matrix(found, x)).real.max()
    model, iterates = start, []
    for _ in range(18):
        iterates.append(pack(model))
        model = model.m_step(model.e_step(x))
    assert convergence_rate(iterates) == pytest.approx(rate, abs=5e-4)
    squares = standard_errors(found, x) ** 2
    assert squares[1] > found.covariances[0, 0, 0] / (272 * found.weights[0])


def test_standard_errors_do_not_depend_on_units():
    x = datasets.faithful()
    start = TiedGaussianMixture([0.4, 0.6], [[2.0, 55.0], [4.3, 80.0]], np.diag([0.1, 40.0]))
    one = standard_errors(fit(start, x, tol=0.0, max_iterations=80).model, x)
    units = np.array([1e-6, 1e5])
    scaled = TiedGaussianMixture(
        start.weights, start.means * units, start.covariances * np.outer(units, units)
    )
    other = standard_errors(fit(scaled, x * units, tol=0.0, max_iterations=80).model, x * units)
    factors = np.concatenate([[1.0], units, units, [1e-12, 1e-1, 1e10]])
    assert other / factors == pytest.approx(one, rel=1e-4)


def test_a_point_that_is_no_maximum_has_no_standard_errors():
    saddle = NormalWithMissing([0.0, 0.0], [[2.5, 0.0], [0.0, 2.5]], fixed_mean=True)
    with pytest.raises(ValueError, match="no strict maximum"):
        standard_errors(saddle, datasets.murray())


def test_convergence_rate():
    assert convergence_rate([[0.0, 0.0], [3.0, 4.0], [3.0, 5.0]]) == pytest.approx(0.2)
    assert convergence_rate([[9.0], [1.0], [1.0], [1.0]]) == 0.0
    for wrong in ([[1.0], [2.0]], [1.0, 2.0, 3.0]):
        with pytest.raises(ValueError, match="T of at least 3"):
            convergence_rate(wrong)


def test_bic_counts_free_parameters():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(50, 3))
    w, m = [0.3, 0.7], rng.normal(size=(2, 3))
    counts, yes = rng.poisson(2.0, (50, 3)), rng.integers(0, 2, (50, 3))
    coins = np.column_stack([yes.sum(axis=1), np.full(50, 3)])
    words, half = np.array([[0.2, 0.3, 0.5], [0.6, 0.1, 0.3]]), np.full((2, 3), 0.5)
    for model, data, free in (
        (GaussianMixture(w, m, np.stack([np.eye(3)] * 2)), x, 1 + 6 + 12),
        (TiedGaussianMixture(w, m, np.eye(3)), x, 1 + 6 + 6),
        (DiagonalGaussianMixture(w, m, np.ones((2, 3))), x, 1 + 6 + 6),
        (SphericalGaussianMixture(w, m, np.ones(2)), x, 1 + 6 + 2),
        (ProbabilisticPCA(np.zeros(3), rng.normal(size=(3, 2)), 1.0), x, 3 + 6 + 1 - 1),
        (NormalWithMissing(np.zeros(3), np.eye(3)), x, 3 + 6),
        (NormalWithMissing(np.zeros(3), np.eye(3), fixed_mean=True), x, 6),
        (CoupledFactors(m, [0.4, 0.7], 1.0), x, 6 + 2 + 1),
        (RegressionMixture(w, m[:, :2], [1.0, 2.0]), x, 1 + 4 + 2),
        (PoissonMixture(w, words), counts, 1 + 6),
        (MultinomialMixture(w, words), counts, 1 + 4),
        (BernoulliMixture(w, half), yes, 1 + 6),
        (BinomialMixture(w, [0.3, 0.6]), coins, 1 + 2),
        (BinomialMixture(w, [0.3, 0.6], fixed_weights=True), coins, 2),
    ):
        expected = -2 * log_likelihood(model, data) + free * np.log(50)
        assert bic(model, data) == pytest.approx(expected, rel=1e-12)
