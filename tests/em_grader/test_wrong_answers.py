"""Every listed answer of every lesson, graded by nbgrader: wrong ones fail, right ones pass."""

import html
import json
import re

import pytest

from em_authoring.known_answers import lesson_wrong_answers
from em_authoring.lesson_paths import all_lessons
from em_authoring.lesson_source import read_lesson_source
from tests.support.hidden_lines import hidden_lines
from tests.support.nbgrader_course import NbgraderCourse

LESSONS = all_lessons()


def classes(answers):
    """One submission for the first answer to every exercise, one for the second, and so on."""
    by_exercise = {}
    for answer in answers:
        by_exercise.setdefault(answer.exercise, []).append(answer)
    for number in range(max(map(len, by_exercise.values()))):
        yield [listed[number] for listed in by_exercise.values() if number < len(listed)]


def reference_answers(lesson):
    """{exercise: the source's own answer}."""
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in read_lesson_source(lesson).cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }


@pytest.fixture(scope="module", params=LESSONS, ids=lambda each: each.assignment)
def graded(request, tmp_path_factory):
    """A lesson's course with every listed answer, and an untouched release, graded."""
    course = NbgraderCourse(request.param, tmp_path_factory.mktemp("wrong-answers"))
    known = lesson_wrong_answers(request.param.source.parent)
    course.wrong = {f"wrong-{i}": answers for i, answers in enumerate(classes(known.wrong))}
    course.right = {f"right-{i}": answers for i, answers in enumerate(classes(known.right))}
    for student, answers in (course.wrong | course.right).items():
        course.hand_in(student, course.filled({each.exercise: each.source for each in answers}))
    course.hand_in("blank", course.release())
    course.hand_in("reference", course.filled(reference_answers(request.param)))
    assert course.run("autograde") == 0, course.log.read_text()
    assert course.run("generate_feedback", "--student=blank") == 0, course.log.read_text()
    course.maxima = {
        cell["id"].removeprefix("test-"): cell.metadata.nbgrader.points
        for cell in course.release().cells
        if cell["id"].startswith("test-")
    }
    return course


@pytest.mark.slow
def test_each_wrong_answer_fails_at_its_law(graded):
    points, surprises = graded.points(), []
    for student, answers in graded.wrong.items():
        for answer in answers:
            failure = graded.failure(student, answer.exercise)
            failed_at = failure and failure.law
            if failed_at != answer.law or points[student][answer.exercise] != 0:
                surprises.append((answer.place, answer.law, failed_at))
    assert not surprises


@pytest.mark.slow
def test_each_right_answer_earns_its_points_and_passes_the_visible_check(graded):
    points, surprises = graded.points(), []
    for student, answers in graded.right.items():
        for answer in answers:
            got, name = points[student][answer.exercise], answer.exercise
            verdicts = graded.verdict(student, name), graded.verdict(student, name, "check")
            if any(verdicts) or got != graded.maxima[name]:
                surprises.append((answer.place, got, verdicts))
    assert not surprises


@pytest.mark.slow
def test_each_wrong_answer_is_told_its_hint_and_nobody_else_one(graded):
    expected = {
        (student, answer.exercise): answer.hint
        for student, answers in graded.wrong.items()
        for answer in answers
    }
    assert expected == {
        (student, exercise): graded.failure(student, exercise).hint
        for student, exercise in expected
    }
    assert not any(graded.failure("blank", exercise).hint for exercise in graded.maxima)


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
    hidden = hidden_lines(graded.source)
    assert len(hidden) > 50
    seen = [
        path
        for folder in ("course", "autograded/blank", "feedback/blank")
        for path in (graded.folder / folder).rglob("*")
        if path.is_file()
    ]
    assert len(seen) == 3
    assert [*graded.folder.rglob("wrong_answers")] == [graded.lesson.wrong_answers]
    for path in seen:
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            text = json.dumps(html.unescape(re.sub("<[^>]*>", "", text)), ensure_ascii=False)
        assert not [each for each in hidden if each in text], path
