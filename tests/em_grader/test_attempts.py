"""Every attempt of every lesson, graded by nbgrader: the wrong ones lose, the right ones keep."""

import html
import json
import re

import pytest

from em_authoring.attempt import Attempt, attempts
from em_authoring.lesson import lessons
from em_authoring.lesson_source import read
from em_grader.sandbox.referee.misconceptions import hint_in
from tests.em_grader.road import Road
from tests.leaks import secrets

LESSONS = lessons()


def classes(tried):
    """One submission for the first attempt at every exercise, one for the second, and so on."""
    by_exercise = {}
    for attempt in tried:
        by_exercise.setdefault(attempt.exercise, []).append(attempt)
    for number in range(max(map(len, by_exercise.values()))):
        yield [tried[number] for tried in by_exercise.values() if number < len(tried)]


def reference_answers(lesson):
    """{exercise: the source's own answer}."""
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in read(lesson).cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }


@pytest.fixture(scope="module", params=LESSONS, ids=lambda each: each.assignment)
def graded(request, tmp_path_factory):
    """A lesson's road with every attempt, and an untouched release, graded."""
    road = Road(request.param, tmp_path_factory.mktemp("attempts"))
    road.tried = {f"attempt-{i}": each for i, each in enumerate(classes(attempts(request.param)))}
    for student, tried in road.tried.items():
        road.hand_in(student, road.filled({each.exercise: each.source for each in tried}))
    road.hand_in("blank", road.release())
    road.hand_in("reference", road.filled(reference_answers(request.param)))
    assert road.run("autograde") == 0, road.log.read_text()
    assert road.run("generate_feedback", "--student=blank") == 0, road.log.read_text()
    road.maxima = {
        cell["id"].removeprefix("test-"): cell.metadata.nbgrader.points
        for cell in road.release().cells
        if cell["id"].startswith("test-")
    }
    return road


@pytest.mark.slow
def test_each_attempt_gets_what_it_deserves(graded):
    points, surprises = graded.points(), []
    for student, tried in graded.tried.items():
        for each in tried:
            got, error = points[student][each.exercise], graded.verdict(student, each.exercise)
            lost_at = None if error is None else law(*error)
            deserved = graded.maxima[each.exercise] if each.right else 0
            if lost_at != each.loses_at or got != deserved:
                surprises.append((each.exercise, each.hint, each.loses_at, lost_at, got))
    assert not surprises


@pytest.mark.slow
def test_each_wrong_attempt_is_told_its_hint_and_nobody_else_one(graded):
    told = {
        (student, each.exercise): hint_in(graded.error(student, each.exercise))
        for student, tried in graded.tried.items()
        for each in tried
        if not each.right
    }
    assert told == {
        (student, each.exercise): each.hint
        for student, tried in graded.tried.items()
        for each in tried
        if not each.right
    }
    assert not any(hint_in(graded.error("blank", exercise)) for exercise in graded.maxima)


@pytest.mark.slow
def test_right_answers_pass_the_visible_checks(graded):
    refused = [
        (each.exercise, each.hint, graded.verdict(student, each.exercise, "check"))
        for student, tried in graded.tried.items()
        for each in tried
        if each.right and graded.verdict(student, each.exercise, "check")
    ]
    assert not refused


@pytest.mark.slow
def test_the_release_runs_to_its_end_with_the_reference_answers(graded):
    points = graded.points()["reference"]
    assert {exercise: points[exercise] for exercise in graded.maxima} == graded.maxima
    errors = [
        (cell["id"], output.ename, output.evalue)
        for cell in graded.graded("reference").cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    assert not errors


@pytest.mark.slow
def test_untouched_stubs_score_nothing_and_are_only_not_implemented(graded):
    assert set(graded.points()["blank"].values()) == {0}
    for exercise in graded.maxima:
        assert graded.verdict("blank", exercise) == ("NotImplementedError", "")


@pytest.mark.slow
def test_nothing_hidden_is_left_where_student_code_runs_or_in_feedback(graded):
    hidden = secrets(graded.source)
    assert len(hidden) > 50
    seen = [
        path
        for folder in ("course", "autograded/blank", "feedback/blank")
        for path in (graded.course / folder).rglob("*")
        if path.is_file()
    ]
    assert len(seen) == 3
    for path in seen:
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            text = json.dumps(html.unescape(re.sub("<[^>]*>", "", text)), ensure_ascii=False)
        assert not [each for each in hidden if each in text], path


def law(name, message):
    """The law that a verdict names, or the exception's own name."""
    return message.split(": ")[0] if name == "LawBroken" else name


@pytest.mark.parametrize(
    ("right", "loses_at"), [(True, "rows sum to one"), (False, None), (False, "")]
)
def test_an_attempt_that_contradicts_itself_is_refused(right, loses_at):
    with pytest.raises(ValueError, match="loses_at"):
        Attempt("f", "def f(): pass", right, "Think.", loses_at)
