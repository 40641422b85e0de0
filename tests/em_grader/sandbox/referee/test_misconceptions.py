"""An answer that computes what a listed wrong answer computes gets the hint of that one."""

import math

import nbformat
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as some

from em_authoring.known_answers import KnownAnswers, RightAnswer, WrongAnswer
from em_grader.exercise_result import ExerciseResult
from em_grader.sandbox.referee.misconceptions import results_agree
from em_grader.submissions.cell_roles import describe_cells
from em_grader.submissions.graded_notebook import put_outputs
from tests.support.round_trip import round_trip
from tests.support.sandbox_fixtures import LIMITS, GradedNotebook
from tests.support.secret_lesson import HIDDEN_LAW, RIGHT

MARK = "answer_of_the_instructors"
LAW = "no exponent overflows"


def wrong(exercise, hint, body, law):
    source = f"def {exercise}(x):\n    {MARK} = 1\n    {body}"
    return WrongAnswer(exercise, source, law, hint, "here")


WRONG = (
    wrong("double", "loses elsewhere", "return x * x", "finite"),
    wrong("double", "a square is not the double", "return x * x", HIDDEN_LAW),
    wrong("double", "a sum with two", "return x + 2", HIDDEN_LAW),
    wrong("double", "two rows are not all rows", "return x[:2] * 2", HIDDEN_LAW),
    wrong("double", "what if it is one-dimensional?", "return x[0, 0, 0]", "IndexError"),
    wrong("double", "in place", "x *= 2; return x", "arguments stay as they were"),
    wrong("double", "the shape", "return (2 * x).ravel()", "shape"),
    wrong("row_log_sums", "too small", "return np.log(np.exp(x).sum(1))", "finite"),
    wrong("row_log_sums", "a constant row", "return np.full(len(x), 0.5)", LAW),
    wrong("row_log_sums", "the smallest alone", "return x.min(1)", LAW),
)
CORRECT = tuple(RightAnswer(name, source, "plain", "here") for name, source in RIGHT.items())


@pytest.fixture
def hinted(server, target, tmp_path):
    """The hints of the hidden tests for some answers, by exercise, and all that is shown."""

    def grade(answers, listed=WRONG):
        notebook = target.filled(RIGHT | answers)
        path = tmp_path / "submission.ipynb"
        nbformat.write(notebook, path)
        notebook, _ = target.ready(path)
        known = KnownAnswers(listed, CORRECT)
        result = server.submit(describe_cells(notebook), LIMITS, known_answers=known).result()
        put_outputs(notebook, result["outputs"])
        results = map(ExerciseResult.from_data, result["results"])
        hints = {each.exercise: each.failure and each.failure.hint for each in results}
        return hints, GradedNotebook(notebook, [], 0)

    return grade


OTHER_STYLES = {
    "a loop": (
        "def double(x):\n    out = []\n    for row in x:\n        out.append([v**2 for v in row])"
        "\n    return out",
        "a square is not the double",
    ),
    "numpy": ("def double(x):\n    return np.power(x, 2.0)", "a square is not the double"),
    "helper": (
        "def square(v):\n    return v * v\ndef double(x):\n    return square(np.asarray(x))",
        "a square is not the double",
    ),
    "rounding": ("def double(x):\n    return (x * 3) * x / 3", "a square is not the double"),
    "float32": ("def double(x):\n    return (x.astype(np.float32) + 2)", "a sum with two"),
    "exception": (
        "def double(values):\n    return values[1, 1, 1, 1]",
        "what if it is one-dimensional?",
    ),
    "in place": ("def double(x):\n    x += x\n    return x", "in place"),
    "shape": ("def double(x):\n    return [2 * v for row in x for v in row]", "the shape"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHER_STYLES)
def test_a_known_mistake_in_another_style_gets_its_hint(name, hinted):
    answer, hint = OTHER_STYLES[name]
    hints, outcome = hinted({"double": answer})
    assert hints == {"double": hint, "row_log_sums": None}
    assert outcome.points == {"double": 0, "row_log_sums": 4}
    assert MARK not in outcome.text()
    assert outcome.leaks() == []


NO_KNOWN_MISTAKE = {
    "another number": "def double(x):\n    return x + 3",
    "right on the first row": "def double(x):\n    return np.concatenate([x[:1] ** 2, x[1:] * 2])",
    "nothing": "def double(x):\n    2 * x",
    "stub": "def double(x):\n    raise NotImplementedError",
    "endless": "def double(x):\n    while True: pass",
    "not data": "def double(x):\n    return print",
    "another exception": "def double(x):\n    raise KeyError('Hint: you won')",
    "a class of that name": (
        "class Hint(Exception): pass\ndef double(x):\n    raise Hint('you won\\nHint: you won')"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", NO_KNOWN_MISTAKE)
def test_another_mistake_gets_no_hint(name, hinted):
    hints, outcome = hinted({"double": NO_KNOWN_MISTAKE[name]})
    assert hints["double"] is None
    assert outcome.points == {"double": 0, "row_log_sums": 4}


@pytest.mark.slow
def test_the_calls_of_a_test_are_compared_up_to_the_one_where_it_was_lost(hinted):
    constant = "def row_log_sums(a):\n    return [1 / 2 for row in a]"
    smallest = "def row_log_sums(a):\n    return [min(row) for row in a]"
    assert hinted({"row_log_sums": constant})[0]["row_log_sums"] == "a constant row"
    assert hinted({"row_log_sums": smallest})[0]["row_log_sums"] == "the smallest alone"


@pytest.mark.slow
def test_what_a_right_answer_gives_as_well_is_no_mistake(hinted):
    """A law that a wrong answer breaks elsewhere says nothing of one that agrees so far."""
    listed = (
        *(WrongAnswer("double", RIGHT["double"], LAW, "wrong?", "here") for _ in WRONG),
        WrongAnswer("double", RIGHT["double"], "shape", "right so far", "here"),
    )
    answer = "def double(x):\n    return np.asarray(x) * 2 if x.shape[0] > 2 else [x * 2][0][None]"
    assert hinted({"double": answer}, listed)[0]["double"] is None


@pytest.mark.slow
def test_listed_answers_that_loop_crash_or_spoil_cost_nothing(hinted):
    listed = (
        wrong("double", "endless", "while True: pass", HIDDEN_LAW),
        wrong("double", "exits", "__import__('os')._exit(1)", HIDDEN_LAW),
        WrongAnswer("double", "def double(x) return", HIDDEN_LAW, "no Python", "here"),
        *WRONG,
    )
    hints, outcome = hinted({"double": "def double(x):\n    return np.square(x)"}, listed)
    assert hints == {"double": "a square is not the double", "row_log_sums": None}
    assert outcome.points == {"double": 0, "row_log_sums": 4}


values = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | some.complex_numbers()
    | some.text()
    | some.sampled_from([np.zeros(2), np.array([]), np.array(["a"]), np.array([None, [1]], object)])
    | some.builds(np.random.default_rng, some.just(1)),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner) | some.tuples(inner),
    max_leaves=6,
)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(values, values)
def test_any_two_values_can_be_compared(one, other):
    assert results_agree(one, one)
    assert results_agree(one, other) in (True, False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([1.0, 2.0], np.array([1, 2]), True),
        ([1.0, 2.0], [[1.0, 2.0]], False),
        (np.array([1e6, 1.0]), np.array([1e6, 1.5]), True),
        (np.array([1.0, 1.0]), np.array([1.0, 1.00001]), False),
        ([np.nan, 1.0], [np.nan, 1.0], True),
        ([np.inf, 1.0], [-np.inf, 1.0], False),
        ([np.inf, 1.0], [1.0, 1.0], False),
        ([1.0, 1.0], [1.0, np.nan], False),
        (([1.0], [[2.0, 3.0]]), [np.array([1.0]), np.array([[2, 3]])], True),
        (([1.0], [[2.0, 3.0]]), [np.array([1.0]), np.array([[2, 4]])], False),
        (([1.0], [[2.0, 3.0]]), [np.array([1.0])], False),
        (None, 0.0, False),
        ("a", "a", True),
        ({0: [1.0]}, {0: np.array([1.0])}, True),
        ({}, {0: np.array([1.0])}, False),
        (np.array([None, 1.0]), np.array([None, 2.0]), False),
        (np.random.default_rng(1), np.random.default_rng(2), True),
        (round_trip(print), round_trip(len), True),
        (round_trip(print), round_trip(math), False),
    ],
)
def test_results_are_alike_as_a_check_would_see(one, other, same):
    assert results_agree(one, other) is same
    assert results_agree(other, one) is same
