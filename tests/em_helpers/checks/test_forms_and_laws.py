"""What a broken law says, and that it says nothing where the law holds."""

import numpy as np
import pytest

from em_helpers import checks
from em_helpers.checks import LawBroken


def test_an_array_may_come_as_lists_or_in_single_precision():
    got = checks.array("r", [[1, 2], [3, 4]], (2, 2))
    assert got.dtype == float
    checks.array("r", np.ones((2, 3), np.float32), (2, 3))


@pytest.mark.parametrize(
    ("value", "law", "said"),
    [
        (np.ones((3, 2)), "shape", "rows and columns are swapped"),
        (np.ones(6), "shape", r"\(6,\)"),
        ([[1, 2, 3], [4, 5]], "numbers", "list"),
        ("r", "numbers", "str"),
        (np.ones((2, 3)) * 1j, "numbers", "real"),
        ([[1, 2, 3], [4, np.nan, 6]], "finite", r"\[1, 1\]"),
        ([[1, 2, 3], [4, 5, np.inf]], "finite", "inf"),
    ],
)
def test_another_form_is_named(value, law, said):
    with pytest.raises(LawBroken, match=said) as broken:
        checks.array("r", value, (2, 3))
    assert broken.value.law == law


def test_a_number_an_integer_array_and_parts():
    assert checks.number("L", np.float32(2.5)) == 2.5
    assert checks.integers("labels", [0.0, 2.0], (2,)).dtype.kind == "i"
    assert checks.parts("gradients", [1, 2], 2) == (1, 2)
    for call, law in (
        (lambda: checks.number("L", [1.0]), "shape"),
        (lambda: checks.number("L", np.nan), "finite"),
        (lambda: checks.integers("labels", [0.5, 2], (2,)), "whole numbers"),
        (lambda: checks.parts("gradients", (1, 2, 3), 2), "parts"),
        (lambda: checks.parts("gradients", np.ones(2), 2), "parts"),
    ):
        with pytest.raises(LawBroken) as broken:
            call()
        assert broken.value.law == law


def test_distributions_and_bounds():
    r = np.array([[0.3, 0.7], [0.6, 0.6]])
    with pytest.raises(LawBroken, match=r"row 1 of r sums to 1\.2"):
        checks.rows_sum_to_one("r", r)
    checks.rows_sum_to_one("r", r[:1])
    with pytest.raises(LawBroken, match=r"-0\.5"):
        checks.none_negative("r", r - 0.8)
    checks.none_negative("r", r)
    checks.none_negative("r", np.array([1 - 0.9 - 0.1, 0.9]))
    with pytest.raises(LawBroken, match="not negative"):
        checks.none_negative("r", np.array([-1e-8, 0.9]))
    checks.at_most("L", 1.0, 1.0, law="the bound stays below")
    with pytest.raises(LawBroken, match="the bound stays below"):
        checks.at_most("L", 1.1, 1.0, law="the bound stays below")


def test_a_worked_example_tells_both_numbers():
    checks.equals("r", [0.25, 0.75], [0.25, 0.75 + 1e-9], law="Bayes")
    with pytest.raises(LawBroken, match=r"Bayes: r\[1\] is 0\.5; worked by hand it is 0\.75"):
        checks.equals("r", [0.25, 0.5], [0.25, 0.75], law="Bayes")


def test_numbers_that_look_alike_are_told_with_more_digits():
    with pytest.raises(LawBroken, match=r"it is 1\.999996; worked by hand it is 2\."):
        checks.equals("b, it", 1.999996, 2.0, law="by hand")
    with pytest.raises(LawBroken, match=r"is 123456\.3, but the other is 123455\.9;"):
        checks.alike("one", 123456.3, "the other", 123455.9, law="alike")
    with pytest.raises(LawBroken, match=r"is 1\.000002, but it is at most 1\."):
        checks.at_most("L", 1.000002, 1.0, law="below")


def test_agreement_does_not_tell_the_answer():
    with pytest.raises(LawBroken, match=r"^Bayes: r\[1\] is 0\.5 on a problem") as broken:
        checks.agrees("r", [0.25, 0.5], np.array([0.25, 0.7461]), law="Bayes")
    assert "7461" not in str(broken.value)
    checks.agrees("r", [0.25, 0.5], np.array([0.25, 0.5 + 4e-7]), law="Bayes")
    with pytest.raises(LawBroken):
        checks.agrees("r", [0.25, 0.5], np.array([0.25, 0.5 + 6e-7]), law="Bayes")


@pytest.mark.parametrize("value", [np.nan, [1.0, np.nan]])
def test_not_a_number_never_agrees(value):
    for compare in (checks.agrees, checks.equals):
        with pytest.raises(LawBroken):
            compare("r", value, np.ones_like(value), law="Bayes")


def test_agreement_with_zero():
    checks.agrees("KL", 1e-9, 0.0, law="tight")
    with pytest.raises(LawBroken):
        checks.agrees("KL", 1e-3, 0.0, law="tight")


def test_a_law_has_no_colon():
    with pytest.raises(ValueError, match="no colon"):
        LawBroken("law: one", "x")
