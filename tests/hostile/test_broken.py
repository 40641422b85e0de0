"""However a notebook is broken: its answers count, or it is said why not; no other is touched."""

import nbformat
import pytest

from em_authoring.lesson_paths import Lesson
from em_grader.read_gradebook import read_notes
from tests.support.broken_notebooks import INTACT, LOSING, UNREADABLE, broken
from tests.support.nbgrader_course import NbgraderCourse
from tests.support.secret_lesson import POINTS, RIGHT, SOURCE

PREPROCESSORS = (
    "em_grader.nbgrader_plugins.sandbox_execute.SandboxExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "em_grader.nbgrader_plugins.batched_preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
    "em_grader.nbgrader_plugins.batched_preprocessors.MarkUnreadable",
    "nbgrader.preprocessors.ClearHiddenTests",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Every broken notebook handed in by a student of its own, among honest ones; graded."""
    folder = tmp_path_factory.mktemp("broken")
    lesson = Lesson("09-doubling", folder / "source")
    lesson.source.parent.mkdir(parents=True)
    lesson.source.write_text(SOURCE, "utf-8")
    (folder / "course").mkdir()
    course = NbgraderCourse(lesson, folder / "course")
    honest = nbformat.writes(course.filled(RIGHT))
    course.files = {}
    for name, content in _submissions(honest).items():
        path = course.hand_in(_student(name), content)
        course.files[path] = content
    course.status = course.run(
        "autograde", *(f"--Autograde.autograde_preprocessors={each}" for each in PREPROCESSORS)
    )
    course.table = course.points()
    noted = read_notes(course.folder / "autograded")
    course.notes = {student: notes for (student, _), notes in noted.items()}
    return course


def _submissions(honest):
    files = {name: broken(change, honest) for name, change in INTACT.items()}
    files |= {name: broken(change, honest) for name, (change, _) in LOSING.items()}
    return files | UNREADABLE | {"zz honest": honest.encode()}


def _student(name):
    return name.replace(" ", "-").lower()


pytestmark = pytest.mark.slow


def test_the_batch_goes_through(course):
    assert course.status == 0, course.log.read_text()[-3000:]
    assert len(course.table) == len(course.files)


@pytest.mark.parametrize("name", [*INTACT, "zz honest"])
def test_answers_count_as_if_nothing_had_happened(name, course):
    points = course.table[_student(name)]
    assert {each: points[each] for each in POINTS} == POINTS


@pytest.mark.parametrize("name", LOSING)
def test_only_the_exercise_that_lacks_an_answer_is_lost(name, course):
    points, lost = course.table[_student(name)], LOSING[name][1]
    assert {each: points[each] for each in POINTS} == POINTS | {lost: 0}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_waits_for_the_instructor_with_a_reason(name, course):
    points = course.table[_student(name)]
    assert {each: points[each] for each in POINTS} == dict.fromkeys(POINTS, 0)
    assert "could not be graded" in course.notes[_student(name)][0]


def test_no_submitted_file_is_changed(course):
    assert all(path.read_bytes() == content for path, content in course.files.items())
