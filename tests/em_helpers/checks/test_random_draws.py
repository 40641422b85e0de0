"""Random answers: the right ones are hardly ever refused, the wrong ones are."""

import numpy as np
import pytest
from scipy import stats

from em_helpers import checks
from em_helpers.checks import CheckFailure, random_draws

PROBABILITIES = np.array([0.62, 0.07, 0.31])


def refused(check, *arguments):
    try:
        check("draws", *arguments, law="chance")
    except CheckFailure:
        return True
    return False


TESTS = {
    "frequencies": lambda rng, m: refused(
        checks.frequencies, rng.multinomial(m, PROBABILITIES), PROBABILITIES
    ),
    "mean_zero": lambda rng, m: refused(checks.mean_zero, rng.standard_normal((m, 3))),
    "variance_one": lambda rng, m: refused(checks.variance_one, rng.standard_normal((m, 3))),
    "normally_distributed": lambda rng, m: refused(
        checks.normally_distributed, rng.standard_normal(m)
    ),
}


@pytest.mark.parametrize("name", TESTS)
@pytest.mark.parametrize("m", [7, 400])
def test_right_draws_are_refused_no_more_often_than_said(name, m, monkeypatch):
    monkeypatch.setattr(random_draws, "FALSE_ALARM", 0.05)
    rng = np.random.default_rng(1)
    times = sum(TESTS[name](rng, m) for _ in range(1500))
    assert times <= stats.binom.isf(1e-6, 1500, 0.05)
    assert times >= (1 if m == 7 else 15), "a test that never refuses tests nothing"


def test_a_hundred_tests_fail_a_right_answer_less_than_once_in_a_million():
    assert 100 * random_draws.FALSE_ALARM < 1e-6


def test_values_that_come_too_often_are_named():
    checks.frequencies("label", [620, 70, 310], PROBABILITIES, law="weights")
    with pytest.raises(CheckFailure, match="weights: label 1 came 333 times in 1000") as broken:
        checks.frequencies("label", [620, 333, 47], PROBABILITIES, "weights")
    assert "0.07" in str(broken.value)
    with pytest.raises(CheckFailure, match="label 0 came 0 times"):
        checks.frequencies("label", [0, 0, 1000], PROBABILITIES, "weights")


def test_what_cannot_come_never_comes():
    checks.frequencies("label", [5, 0], [1.0, 0.0], law="weights")
    with pytest.raises(CheckFailure):
        checks.frequencies("label", [4, 1], [1.0, 0.0], law="weights")


def test_bias_spread_and_shape_are_told_apart():
    rng = np.random.default_rng(2)
    u = rng.standard_normal((3000, 2))
    root3 = np.sqrt(3)
    uniform = rng.uniform(-root3, root3, 6000)
    tried = {
        "right": u,
        "biased": u + np.array([0.0, 0.2]),
        "wide": u * [1.0, 1.25],
        "narrow": u * [0.8, 1.0],
        "uniform": uniform.reshape(3000, 2),
    }
    found = {
        name: (refused(checks.mean_zero, draws), refused(checks.variance_one, draws))
        for name, draws in tried.items()
    }
    assert found == {
        "right": (False, False),
        "biased": (True, False),
        "wide": (False, True),
        "narrow": (False, True),
        "uniform": (False, False),
    }
    assert refused(checks.normally_distributed, uniform)
    assert not refused(checks.normally_distributed, u.ravel())


def test_messages_say_by_how_much():
    u = np.random.default_rng(3).standard_normal(2000)
    with pytest.raises(CheckFailure, match=r"the mean of x over 2000 draws is 0\.9\d* standard"):
        checks.mean_zero("x", u + 0.95, law="means")
    with pytest.raises(
        CheckFailure, match=r"the variance of x, column 1, over 1000 draws is [34]\."
    ):
        checks.variance_one("x", u.reshape(1000, 2) * [1, 2], law="covariances")
    with pytest.raises(CheckFailure, match="normal distribution over 2000 draws"):
        checks.normally_distributed("x", u**2, law="Gaussian")
