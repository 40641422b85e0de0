"""Numbers that others published, each with its source."""

import numpy as np
import pytest

from em_helpers import (
    BinomialMixture,
    GaussianMixture,
    Linkage,
    MultinomialMixture,
    NormalWithMissing,
    PartlyLabelled,
    PoissonMixture,
    TiedGaussianMixture,
    best_of,
    bic,
    datasets,
    fit,
    gaussian_start,
    responsibilities,
)
from em_helpers.models import pack


def test_linkage_iterates():
    """Dempster, Laird and Rubin (1977), table 1; its limit .6268214980 is right to nine digits.

    The likelihood's derivative vanishes where 197θ² − 15θ − 68 = 0, at .62682149787.
    """
    model, iterates = Linkage(0.5), []
    for _ in range(40):
        model = model.m_step(model.e_step(datasets.linkage_counts()))
        iterates.append(model.theta)
    published = [0.608247423, 0.624321050, 0.626488879, 0.626777322, 0.626815632, 0.626820719]
    assert np.round(iterates[:6], 9).tolist() == published
    assert round(iterates[-1], 9) == 0.626821498
    assert iterates[-1] == pytest.approx((15 + np.sqrt(15**2 + 4 * 197 * 68)) / 394, rel=1e-14)


def test_linkage_counts_of_the_first_step():
    """Dempster, Laird and Rubin (1977), section 1: at θ = ½, 25 of the 125 are linked."""
    x, start = datasets.linkage_counts(), Linkage(np.array(0.5))
    assert type(start.theta) is float
    found = start.e_step(x)
    assert (found.rows, found.linked, found.unlinked, found.log_base) == (1, 25 + 34, 38, 0)
    expected = 59 * np.log(0.2) + 38 * np.log(0.05)
    assert Linkage(0.8).expected_log_joint(found) == pytest.approx(expected, rel=1e-14)
    certain = start.statistics(x, np.eye(126)[[100]])
    assert (certain.linked, certain.unlinked) == (134, 38)
    assert np.isnan(certain.log_likelihood)
    table, hidden = start.sample(np.random.default_rng(0), 1)
    assert table.dtype == float
    assert table.sum() == 197 > hidden.item()


def test_two_coins():
    """Do and Batzoglou (2008), figure 1: ten iterations, weights held at one half."""
    start = BinomialMixture([0.5, 0.5], [0.6, 0.5], fixed_weights=True)
    found = fit(start, datasets.coins(), tol=0.0, max_iterations=10).model
    assert np.round(found.biases, 2).tolist() == [0.8, 0.52]
    assert found.weights.tolist() == [0.5, 0.5]


def test_two_coins_first_step():
    """Do and Batzoglou (2008), figure 1: the first iteration gives .71 and .58."""
    start = BinomialMixture([0.5, 0.5], [0.6, 0.5], fixed_weights=True)
    first = start.m_step(start.e_step(datasets.coins()))
    assert np.round(first.biases, 2).tolist() == [0.71, 0.58]


def test_hasselblad_takes_2061_steps():
    """Varadhan and Roland (2008), table 1; Hasselblad (1969)."""
    x = datasets.death_notices()
    model, steps = PoissonMixture([0.4, 0.6], [[1.0], [2.0]]), 0
    while True:
        statistics = model.e_step(x)
        following = model.m_step(statistics)
        steps += 1
        before, after = pack(model), pack(following)
        model = following
        if np.linalg.norm(after - before) / np.linalg.norm(before) < 1e-8:
            break
    assert steps == 2061
    assert np.round(model.weights[0], 4) == 0.3599
    assert np.round(model.rates.ravel(), 3).tolist() == [1.256, 2.663]
    assert round(model.e_step(x).log_likelihood, 3) == -1989.946


def test_faithful_waiting_with_equal_variances():
    """Benaglia et al. (2009), Journal of Statistical Software 32(6), mixtools' normalmixEM.

    It stops, as here, at a gain below 1e-8; the last published digits of the means are those of
    that iterate, and the maximum lies 1e-5 below them.
    """
    x = datasets.faithful()[:, 1:]
    start = TiedGaussianMixture([0.5, 0.5], [[55.0], [80.0]], [[25.0]])
    found = fit(start, x, tol=1e-8)
    assert found.converged
    assert round(found.model.weights[0], 5) == 0.36085
    assert np.round(found.model.means.ravel(), 5).tolist() == [54.61364, 80.09031]
    assert round(found.model.covariances[0, 0] ** 0.5, 5) == 5.86909
    assert round(found.trace[-1], 3) == -1034.002
    limit = fit(found.model, x, tol=1e-13).model
    assert limit.means.ravel() == pytest.approx([54.613626, 80.090304], abs=1e-6)


def test_faithful_with_three_components_and_one_covariance():
    """Mclust's EEE with three components reports −1126.326 (Scrucca et al., 2016, The R Journal 8,
    289-317), because its relative tolerance stops it early; the climb ends at −1126.3159.
    """
    x, rng = datasets.faithful(), np.random.default_rng(3)
    starts = [gaussian_start(rng, x, 3, TiedGaussianMixture) for _ in range(10)]
    found = best_of(starts, x, tol=1e-10, max_iterations=5000).best
    assert found.converged
    assert round(found.trace[-1], 4) == -1126.3159
    published = -1126.326
    assert published < found.trace[-1] < published + 0.011


def test_galaxies_with_three_components():
    """Mclust's V with three components: log-likelihood −203.1792, BIC −441.6122 in its sign
    (Scrucca et al., 2016), on the velocities with the slip of MASS.
    """
    x, rng = datasets.galaxies() / 1000, np.random.default_rng(5)
    starts = [gaussian_start(rng, x, 3) for _ in range(20)]
    fits = best_of(starts, x, tol=1e-11, max_iterations=5000).fits
    proper = [one for one in fits if not one.broke_down and one.model.covariances.min() > 0.05]
    best = max(proper, key=lambda one: one.trace[-1])
    assert round(best.trace[-1], 4) == -203.1792
    assert round(-bic(best.model, x), 4) == -441.6122


def test_cement_with_rubins_gaps():
    """Little and Rubin (1987), section 8.2.2; R's mvnmle gives the same log-likelihood."""
    x = datasets.cement(missing=True)
    found = fit(NormalWithMissing.from_observed(x), x, tol=1e-10, max_iterations=20000)
    assert found.converged
    assert np.round(found.model.mean, 3).tolist() == [6.655, 49.965, 11.769, 27.047, 95.423]
    observed = np.count_nonzero(~np.isnan(x))
    without = found.trace[-1] + 0.5 * observed * np.log(2 * np.pi)
    assert round(without, 4) == -86.9783
    assert round(found.trace[-1], 4) == -132.9253


@pytest.mark.parametrize("sign", [-1, 1])
def test_murrays_maxima(sign):
    """Murray (1977); Wu (1983), section 1."""
    start = NormalWithMissing([0.0, 0.0], [[2.0, 0.3 * sign], [0.3 * sign, 2.5]], fixed_mean=True)
    found = fit(start, datasets.murray(), tol=0.0, max_iterations=400).model
    spread = found.covariance.diagonal()
    assert spread == pytest.approx([8 / 3, 8 / 3], rel=1e-6)
    assert found.covariance[0, 1] / spread[0] == pytest.approx(0.5 * sign, rel=1e-6)


def test_murrays_saddle():
    """From ρ = 0 EM stays at ρ = 0 and stops at σ² = 2.5, where the likelihood has a saddle."""
    x = datasets.murray()
    start = NormalWithMissing([0.0, 0.0], [[2.0, 0.0], [0.0, 3.0]], fixed_mean=True)
    saddle = fit(start, x, tol=0.0, max_iterations=500).model
    assert saddle.covariance.diagonal() == pytest.approx([2.5, 2.5], rel=1e-9)
    assert saddle.covariance[0, 1] == 0.0
    here = saddle.e_step(x).log_likelihood
    for rho, higher in ((0.1, True), (-0.1, True)):
        tilted = NormalWithMissing([0.0, 0.0], [[2.5, 2.5 * rho], [2.5 * rho, 2.5]], True)
        assert (tilted.e_step(x).log_likelihood > here) is higher
    wider = NormalWithMissing([0.0, 0.0], [[2.6, 0.0], [0.0, 2.5]], True)
    assert wider.e_step(x).log_likelihood < here


@pytest.mark.slow
def test_news_topics_against_the_true_ones():
    """A mixture of two multinomials with pseudo-count 0.1 gives 95.7 % of the articles their true
    topic (67 of 70, as the collection's description says) at the highest maximum that many starts
    from vague, flat and sharp responsibilities reach.
    """
    counts, vocabulary, topic = datasets.acquisitions_and_oil()
    rng = np.random.default_rng(0)
    starts = [
        MultinomialMixture.from_responsibilities(counts, rng.dirichlet([a, a], size=70), 0.1)
        for _ in range(40)
        for a in (1.0, 0.1, 10.0)
    ]
    found = best_of(starts, counts)
    assert found.finals.max() == pytest.approx(-9863.9071, abs=1e-3)
    z = responsibilities(found.best.model, counts).argmax(axis=1)
    agreement = np.mean((topic == "crude") == z)
    assert round(100 * max(agreement, 1 - agreement), 1) == 95.7
    oil = np.argmax(found.best.model.probabilities[:, vocabulary == "oil"])
    assert (z[topic == "crude"] == oil).mean() > 0.8


def test_partial_labels_help_on_penguins():
    """With one labelled bird in ten, the labels break the tie between components and species."""
    x, species = datasets.penguins()
    seen = ~np.isnan(x).any(axis=1)
    x, truth = x[seen], np.unique(species[seen], return_inverse=True)[1]
    labels = np.where(np.arange(len(x)) % 10 == 0, truth, -1)
    q = np.where((labels >= 0)[:, None], np.eye(3)[labels], 1 / 3)
    start = GaussianMixture.from_responsibilities(x, q)
    found = fit(PartlyLabelled(start), np.column_stack([x, labels])).model
    guess = responsibilities(found.mixture, x).argmax(axis=1)
    assert np.mean(guess == truth) > 0.97
