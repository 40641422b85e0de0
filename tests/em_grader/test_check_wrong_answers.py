"""The quick look at listed answers agrees with the grader, and reports wrong expectations."""

import pytest

from em_authoring.known_answers import KnownAnswers, RightAnswer, WrongAnswer, lesson_wrong_answers
from em_authoring.lesson_paths import all_lessons
from em_authoring.lesson_source import read_lesson_source
from em_grader import check_wrong_answers
from em_grader.check_wrong_answers import verdict

KNOWN = [(lesson, lesson_wrong_answers(lesson.source.parent)) for lesson in all_lessons()]
CASES = [(lesson, answer, answer.law) for lesson, known in KNOWN for answer in known.wrong]
CASES += [(lesson, answer, None) for lesson, known in KNOWN for answer in known.right]


@pytest.fixture(scope="module")
def notebooks():
    return {lesson.assignment: read_lesson_source(lesson) for lesson in all_lessons()}


@pytest.mark.parametrize(
    ("lesson", "answer", "law"), CASES, ids=[answer.place for _, answer, _ in CASES]
)
def test_each_listed_answer_does_as_it_should(notebooks, lesson, answer, law):
    outcome = verdict(notebooks[lesson.assignment], answer.exercise, answer.source)
    assert (outcome.law, outcome.points == outcome.maximum) == (law, law is None)


def test_a_verdict_names_the_law_and_what_a_student_reads(small_lesson):
    notebook = read_lesson_source(small_lesson)
    outcome = verdict(notebook, "double", "def double(x):\n    return x")
    assert (outcome.points, outcome.maximum, outcome.law) == (0, 3, "doubles secret numbers")
    assert outcome.message.startswith("doubles secret numbers: double is 3.25")
    assert verdict(notebook, "double", "def double(x:").law == "SyntaxError"


def test_an_answer_that_does_not_do_as_is_said_of_it_is_a_surprise(
    small_lesson, monkeypatch, capsys
):
    correct = "def double(x):\n    return x + x"
    wrong = "def double(x):\n    return x"
    known = KnownAnswers(
        (
            WrongAnswer("double", wrong, "doubles secret numbers", "x alone", "double.py:3"),
            WrongAnswer("double", wrong, "another law", "x alone, elsewhere", "double.py:8"),
        ),
        (
            RightAnswer("double", correct, "it doubles", "double.py:13"),
            RightAnswer("double", wrong, "not so right", "double.py:18"),
        ),
    )
    monkeypatch.setattr(check_wrong_answers, "read_wrong_answers", lambda *_: known)
    monkeypatch.setattr(
        check_wrong_answers, "find_lesson", lambda name: {"09-doubling": small_lesson}[name]
    )
    assert check_wrong_answers.main(["09-doubling"]) == 2
    expected, elsewhere, place, fine, other, _, last = capsys.readouterr().out.splitlines()
    assert expected == "ok       double: doubles secret numbers  (x alone)"
    assert elsewhere == "SURPRISE double: doubles secret numbers  (x alone, elsewhere)"
    assert place.startswith("         double.py:8 expects 'another law'; the test says doubles sec")
    assert fine == "ok       double: None  (it doubles)"
    assert other.startswith("SURPRISE double")
    assert last == "2 surprises"
