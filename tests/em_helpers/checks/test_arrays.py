"""An answer as numbers of the expected type and shape, and how a failure is shown."""

import pickle

import numpy as np
import pytest

from em_helpers import checks
from em_helpers.checks import CheckFailure


def test_an_array_may_come_as_lists_or_in_single_precision():
    got = checks.array("r", [[1, 2], [3, 4]], (2, 2))
    assert got.dtype == float
    checks.array("r", np.ones((2, 3), np.float32), (2, 3))


@pytest.mark.parametrize(
    ("value", "law", "words"),
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
def test_another_form_is_named(value, law, words):
    with pytest.raises(CheckFailure, match=words) as broken:
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
        with pytest.raises(CheckFailure) as broken:
            call()
        assert broken.value.law == law


def test_a_law_may_contain_a_colon_and_is_kept_apart_from_the_message():
    failure = CheckFailure("law: one", "r: 0.3")
    assert (failure.law, failure.message) == ("law: one", "r: 0.3")
    assert str(failure) == "law: one: r: 0.3"
    again = pickle.loads(pickle.dumps(failure))
    assert (again.law, again.message) == (failure.law, failure.message)
