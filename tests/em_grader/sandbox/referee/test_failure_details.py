"""The instructor's details of a failed test: the statement, its data, the check, the calls."""

import numpy as np
import pytest

from em_grader.exercise_result import FailureDetails
from em_grader.sandbox.referee.explain_failure import (
    MAX_CALLS,
    MAX_VALUE_LENGTH,
    describe_failure,
    short_repr,
)
from em_grader.sandbox.referee.lesson_code import run_lesson_cell
from em_grader.sandbox.referee.misconceptions import Call

CHECKS = "import numpy as np\nfrom em_helpers import checks\n"


def details_of(source, calls=(), printed=""):
    with pytest.raises(Exception) as caught:
        run_lesson_cell(source, {"double": len})
    return describe_failure(caught.value, source, list(calls), printed)


def test_the_statement_its_data_and_the_check_that_found_it():
    found = details_of(CHECKS + "r = np.array([[0.5, 0.7]])\nchecks.rows_sum_to_one('r',\n    r)\n")
    assert (found.line, found.code) == (4, "checks.rows_sum_to_one('r', r)")
    assert found.variables == {"r": "array([[0.5, 0.7]]) of shape (1, 2)"}
    assert found.check.startswith("rows_sum_to_one(name='r', value=array([[0.5, 0.7]]) of shape")


def test_an_assertion_is_its_own_check_and_functions_are_no_data():
    found = details_of("x = 3\nfor k in range(5):\n    assert double([k]) + k < x, 'too much'\n")
    assert (found.line, found.check) == (3, None)
    assert found.code == "assert double([k]) + k < x, 'too much'"
    assert found.variables == {"k": "2", "x": "3"}


def test_of_a_block_the_line_itself_is_short_repr():
    found = details_of("x = 0\nif 1 / x > 2:\n    pass\n")
    assert (found.line, found.code, found.variables) == (2, "if 1 / x > 2:", {"x": "0"})


def test_another_function_than_a_check_is_not_shown_as_one():
    found = details_of("import json\njson.loads('{')\n")
    assert (found.line, found.check) == (2, None)
    inner = details_of("def f(n):\n    return 1 / n\nf(0)\n")
    assert (inner.line, inner.code, inner.variables) == (2, "return 1 / n", {"n": "0"})


def test_before_a_line_of_the_test_ran_there_is_none():
    found = describe_failure(NameError("double is not defined"), "double(1)", [], "said\n")
    assert found == FailureDetails(printed="said\n")


def test_the_last_calls_are_shown_with_their_numbers():
    calls = [
        Call("double", (place,), {}, 2 * place, {}) for place in range(MAX_CALLS)
    ] + [
        Call("double", ([1],), {"scale": 2}, [2], {0: [2]}),
        Call("double", ("x",), {}, raised="TypeError"),
    ]  # fmt: skip
    found = details_of("1 / 0", calls)
    assert found.call_count == MAX_CALLS + 2
    assert found.calls == [
        f"{MAX_CALLS}: double(2) gave 4",
        f"{MAX_CALLS + 1}: double([1], scale=2) gave [2], and changed its arguments [0]",
        f"{MAX_CALLS + 2}: double('x') raised TypeError",
    ]


def test_a_value_takes_a_line_or_two():
    assert (
        short_repr(np.float64(0.1) * np.eye(2)) == "array([[0.1, 0. ], [0. , 0.1]]) of shape (2, 2)"
    )
    assert short_repr(np.zeros((9, 9))).endswith("of shape (9, 9)")
    assert len(short_repr(np.zeros((9, 9)))) < 240
    long = short_repr("x" * 1000)
    assert long.endswith(" …")
    assert len(long) == MAX_VALUE_LENGTH + 2
