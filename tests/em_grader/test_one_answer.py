"""What ``em-grade try`` reads off a hidden test's outputs."""

import pytest

from em_grader.grade_answer import score
from em_grader.sandbox.referee.misconceptions import told


def error(name, message, *lines):
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": [name, *lines]}


PART = {"output_type": "execute_result", "data": {"text/plain": "1.5"}}
NOISE = {"output_type": "stream", "name": "stdout", "text": "x"}


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        ([], (3.0, None, None)),
        ([NOISE], (3.0, None, None)),
        ([NOISE, PART], (1.5, None, None)),
        ([error("KeyError", "a: b")], (0.0, "KeyError", None)),
        ([NOISE, error("CheckFailure", "a law: r: 0.3", told("a hint"))], (0.0, "a law", "a hint")),
    ],
)
def test_points_law_and_hint_are_those_of_the_test(outputs, expected):
    assert score(outputs, 3.0) == expected
