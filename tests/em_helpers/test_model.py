"""What ``Model`` asks of a model that somebody else writes, and what it gives by default."""

from dataclasses import dataclass

import numpy as np
import pytest

from em_helpers import (
    BinomialMixture,
    GaussianMixture,
    GaussianPrior,
    Linkage,
    MultinomialMixture,
    PartlyLabelled,
    PoissonMixture,
    ProbabilisticPCA,
    bic,
    datasets,
    elbo,
    fit,
    gaussian_start,
    log_likelihood,
)
from em_helpers.approximate import fit_accelerated, fit_hard, hard_step
from em_helpers.models import Model, Statistics

FAITHFUL = datasets.faithful()


class Wrapped(Model):
    """The least that a model may be: an E-step and an M-step."""

    def __init__(self, inner):
        self.inner = inner

    def e_step(self, x):
        return self.inner.e_step(x)

    def m_step(self, statistics):
        return Wrapped(self.inner.m_step(statistics))


def start():
    return gaussian_start(np.random.default_rng(0), FAITHFUL, 2)


def test_an_e_step_and_an_m_step_are_enough_for_fit():
    found = fit(Wrapped(start()), np.array_split(FAITHFUL, 3))
    expected = fit(start(), FAITHFUL)
    assert found.trace == pytest.approx(expected.trace, rel=1e-12)
    assert isinstance(found.model, Wrapped)
    assert found.model.log_prior() == 0.0
    assert found.model.components == 1
    assert found.model.parameters == {}
    assert found.model.fixed == frozenset()
    assert found.model.redundant_parameters == 0
    assert log_likelihood(found.model, FAITHFUL) == found.trace[-1]


def test_what_else_is_asked_of_a_model_is_said():
    model = Wrapped(start())
    with pytest.raises(ValueError, match=r"^Wrapped does not name its parameters, .* define forms"):
        bic(model, FAITHFUL)
    with pytest.raises(ValueError, match=r"^Wrapped does not name its parameters"):
        fit_accelerated(model, FAITHFUL)
    statistics = model.e_step(FAITHFUL)
    for use, name in (
        (lambda: model.statistics(FAITHFUL, None), r"statistics\(x, q\)"),
        (lambda: model.expected_log_joint(statistics), "expected_log_joint"),
        (model.expected_row_statistics, "expected_row_statistics"),
    ):
        with pytest.raises(NotImplementedError, match=f"^Wrapped does not define {name}.$"):
            use()


def test_something_else_is_not_taken_for_a_model():
    class Lookalike:
        def e_step(self, x):
            return start().e_step(x)

        def m_step(self, statistics):
            return self

    for loop in (fit, fit_accelerated):
        with pytest.raises(TypeError, match=r"^start is a Lookalike; .* em_helpers.models.Model"):
            loop(Lookalike(), FAITHFUL)


def test_a_model_without_an_m_step_cannot_be_made():
    class Half(Model):
        def e_step(self, x):
            return None

    with pytest.raises(TypeError, match="m_step"):
        Half()


def test_statistics_without_a_centre_have_none_to_move():
    @dataclass(frozen=True)
    class Total(Statistics):
        total: float

    one, two = Total(2, -1.0, 5.0), Total(3, -2.0, 7.0)
    assert one.with_centre_of(two) is one
    assert vars(one + two) == {"rows": 5, "log_likelihood": -3.0, "total": 12.0}
    assert vars(two * 0.5) == {"rows": 1.5, "log_likelihood": -1.0, "total": 3.5}


def test_hard_em_of_a_model_that_is_no_mixture():
    counts = datasets.linkage_counts()
    found = fit_hard(Linkage(0.5), counts)
    assert found.converged
    assert found.model.theta == pytest.approx(0.6, abs=0.05)
    assert elbo(found.model, counts, np.eye(126)[[25]]) < log_likelihood(found.model, counts)


def test_hard_em_of_a_component_with_one_row_keeps_to_the_prior():
    prior = GaussianPrior([[1.0]], 1.0, concentration=2.0)
    mixture = GaussianMixture([0.5, 0.5], [[0.0], [5.0]], [[[1.0]], [[1.0]]], prior)
    found, _ = hard_step(mixture, [[0.5], [5.0], [6.0]])
    assert found.weights == pytest.approx([0.4, 0.6])
    assert found.means.ravel() == pytest.approx([0.5, 5.5])


def test_fixed_weights_of_a_partly_labelled_mixture_stay():
    coins = BinomialMixture([0.4, 0.6], [0.9, 0.01], fixed_weights=True)
    found, _ = hard_step(PartlyLabelled(coins), [[9.0, 10.0, -1], [8.0, 10.0, 0]])
    assert found.mixture.weights.tolist() == [0.4, 0.6]
    assert found.mixture.biases == pytest.approx([0.85, 0.01])


def test_parameters_are_listed_by_name():
    mixture = PoissonMixture([0.5, 0.5], [[1.0], [4.0]])
    assert list(mixture.parameters) == ["weights", "rates"]
    assert mixture.parameters["rates"] is mixture.rates
    assert mixture.components == 2
    coins = BinomialMixture([0.4, 0.6], [0.9, 0.01], fixed_weights=True)
    assert list(coins.parameters) == ["biases"]
    assert coins.fixed == {"weights"}
    assert PartlyLabelled(coins).parameters == {"mixture": coins}


def test_samples_have_the_size_that_is_asked_for():
    rng = np.random.default_rng(0)
    documents, topics = MultinomialMixture([0.5, 0.5], [[0.5, 0.5]] * 2).sample(rng, 7, words=5)
    assert documents.shape == (7, 2)
    assert topics.shape == (7,)
    assert documents.sum(axis=1).tolist() == [5] * 7
    heads, coins = BinomialMixture([0.5, 0.5], [0.2, 0.7]).sample(rng, 6, tosses=3)
    assert heads[:, 1].tolist() == [3] * 6
    assert set(coins) <= {0, 1}


def test_factor_statistics_say_about_which_centre_they_are():
    x = np.random.default_rng(5).normal(2.0, 1.0, (7, 3)) * [1.0, 2.0, 0.5]
    model = ProbabilisticPCA([1.0, 2.0, 0.5], [[1.0], [0.5], [-0.3]], 0.7)
    statistics = model.e_step(x)
    moved = statistics.about(np.array([0.4, -1.0, 2.0]))
    assert moved.centre.tolist() == [0.4, -1.0, 2.0]
    for name in ("mean", "loadings", "variance"):
        expected = getattr(model.m_step(statistics), name)
        assert getattr(model.m_step(moved), name) == pytest.approx(expected, rel=1e-12)
