"""The quick look at attempts says the same as the grader, and catches what is wrongly expected."""

import pytest

from em_helpers.authoring.lesson import lessons
from em_helpers.authoring.source import read
from em_helpers.grading.attempt import attempts
from em_helpers.grading.trial import verdict

CASES = [(lesson, attempt) for lesson in lessons() for attempt in attempts(lesson)]


@pytest.fixture(scope="module")
def notebooks():
    return {lesson.assignment: read(lesson) for lesson in lessons()}


@pytest.mark.parametrize(
    ("lesson", "attempt"),
    [
        pytest.param(lesson, attempt, id=f"{lesson.assignment}-{attempt.exercise}-{number}")
        for number, (lesson, attempt) in enumerate(CASES)
    ],
)
def test_each_attempt_loses_where_it_should(notebooks, lesson, attempt):
    found = verdict(notebooks[lesson.assignment], attempt.exercise, attempt.source)
    assert (found.law, found.points == found.maximum) == (attempt.loses_at, attempt.right)


def test_a_verdict_names_the_law_and_what_a_student_reads(small_lesson):
    notebook = read(small_lesson)
    found = verdict(notebook, "double", "def double(x):\n    return x")
    assert (found.points, found.maximum, found.law) == (0, 3, "doubles secret numbers")
    assert found.message.startswith("doubles secret numbers: double is 3.25")
    assert verdict(notebook, "double", "def double(x:").law == "SyntaxError"
