"""Exact comparisons, bounds, and what their messages show."""

import numpy as np
import pytest

from em_helpers import checks
from em_helpers.checks import CheckFailure


def test_distributions_and_bounds():
    r = np.array([[0.3, 0.7], [0.6, 0.6]])
    with pytest.raises(CheckFailure, match=r"row 1 of r sums to 1\.2"):
        checks.rows_sum_to_one("r", r)
    checks.rows_sum_to_one("r", r[:1])
    with pytest.raises(CheckFailure, match=r"-0\.5"):
        checks.nonnegative("r", r - 0.8)
    checks.nonnegative("r", r)
    checks.nonnegative("r", np.array([1 - 0.9 - 0.1, 0.9]))
    with pytest.raises(CheckFailure, match="not negative"):
        checks.nonnegative("r", np.array([-1e-8, 0.9]))
    checks.at_most("L", 1.0, 1.0, law="the bound stays below")
    with pytest.raises(CheckFailure, match="the bound stays below"):
        checks.at_most("L", 1.1, 1.0, law="the bound stays below")


def test_a_worked_example_tells_both_numbers():
    checks.equals("r", [0.25, 0.75], [0.25, 0.75 + 1e-9], law="Bayes")
    with pytest.raises(CheckFailure, match=r"Bayes: r\[1\] is 0\.5; worked by hand it is 0\.75"):
        checks.equals("r", [0.25, 0.5], [0.25, 0.75], law="Bayes")


def test_numbers_that_look_alike_are_told_with_more_digits():
    with pytest.raises(CheckFailure, match=r"it is 1\.999996; worked by hand it is 2\."):
        checks.equals("b, it", 1.999996, 2.0, law="by hand")
    with pytest.raises(CheckFailure, match=r"is 123456\.3, but the other is 123455\.9;"):
        checks.consistent("one", 123456.3, "the other", 123455.9, law="alike")
    with pytest.raises(CheckFailure, match=r"is 1\.000002, but it is at most 1\."):
        checks.at_most("L", 1.000002, 1.0, law="below")


def test_agreement_does_not_tell_the_answer():
    with pytest.raises(CheckFailure, match=r"^Bayes: r\[1\] is 0\.5 on a problem") as broken:
        checks.agrees("r", [0.25, 0.5], np.array([0.25, 0.7461]), law="Bayes")
    assert "7461" not in str(broken.value)
    checks.agrees("r", [0.25, 0.5], np.array([0.25, 0.5 + 4e-7]), law="Bayes")
    with pytest.raises(CheckFailure):
        checks.agrees("r", [0.25, 0.5], np.array([0.25, 0.5 + 6e-7]), law="Bayes")


@pytest.mark.parametrize("value", [np.nan, [1.0, np.nan]])
def test_not_a_number_never_agrees(value):
    for compare in (checks.agrees, checks.equals):
        with pytest.raises(CheckFailure):
            compare("r", value, np.ones_like(value), law="Bayes")


def test_agreement_with_zero():
    checks.agrees("KL", 1e-9, 0.0, law="tight")
    with pytest.raises(CheckFailure):
        checks.agrees("KL", 1e-3, 0.0, law="tight")


def test_consistent_allows_a_difference_of_rounding():
    checks.consistent(
        "a", np.array([1.0, -2e5]), "b", [1.0 + 0.1, -2e5 * (1 + 2e-7)], law="one number"
    )


@pytest.mark.parametrize("value", [[3.0, 1.0], [3.0, np.nan], [np.inf, 2.0]])
def test_consistent_shows_both_numbers_where_they_differ_most(value):
    with pytest.raises(CheckFailure) as broken:
        checks.consistent(
            "the odds", np.array(value), "the ratio", np.array([3.0, 2.0]), law="one number"
        )
    assert broken.value.law == "one number"
    assert "the odds[" in str(broken.value)
    assert "the ratio[" in str(broken.value)


def test_consistent_compares_absolutely_where_zero_is_expected():
    checks.consistent("a", 5e-7, "b", 0.0, law="one number")
    with pytest.raises(CheckFailure, match="a is 5e-06, but b is 0"):
        checks.consistent("a", 5e-6, "b", 0.0, law="one number")
