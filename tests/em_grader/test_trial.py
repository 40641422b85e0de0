"""The quick look at attempts says the same as the grader, and catches what is wrongly expected."""

import pytest

from em_authoring.attempt import Attempt, attempts
from em_authoring.lesson import lessons
from em_authoring.lesson_source import read
from em_grader import check_wrong_answers
from em_grader.check_wrong_answers import verdict

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


def test_an_attempt_that_does_not_do_as_is_said_of_it_is_a_surprise(
    small_lesson, monkeypatch, capsys
):
    keeps = "def double(x):\n    return x + x"
    loses = "def double(x):\n    return x"
    tried = [
        Attempt("double", keeps, True, "it doubles", None),
        Attempt("double", loses, False, "x alone", "doubles secret numbers"),
        Attempt("double", loses, False, "x alone, elsewhere", "another law"),
        Attempt("double", loses, True, "not so right", None),
    ]
    monkeypatch.setattr(check_wrong_answers, "attempts", lambda lesson: tried)
    monkeypatch.setattr(
        check_wrong_answers, "lesson", lambda name: {"09-doubling": small_lesson}[name]
    )
    assert check_wrong_answers.main(["09-doubling"]) == 2
    fine, known, elsewhere, told, other, _, last = capsys.readouterr().out.splitlines()
    assert fine == "ok       double: None  (it doubles)"
    assert known == "ok       double: doubles secret numbers  (x alone)"
    assert elsewhere == "SURPRISE double: doubles secret numbers  (x alone, elsewhere)"
    assert told.startswith(
        "         loses_at is 'another law'; it said doubles secret numbers: dou"
    )
    assert other.startswith("SURPRISE double")
    assert last == "2 surprises"
