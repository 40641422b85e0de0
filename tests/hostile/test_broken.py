"""However a notebook is broken: its answers count, or it is said why not; no other is touched."""

import nbformat
import pytest

from em_grader.gradebook import read_notes
from tests.em_grader.road import Road
from tests.hostile.broken import INTACT, LOSING, UNREADABLE, broken
from tests.hostile.lesson import POINTS, RIGHT, SOURCE, Lesson

PREPROCESSORS = (
    "em_grader.nbgrader_plugins.sandbox_execute.SandboxExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "em_grader.nbgrader_plugins.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
    "em_grader.nbgrader_plugins.preprocessors.MarkUnreadable",
    "nbgrader.preprocessors.ClearHiddenTests",
)


@pytest.fixture(scope="module")
def road(tmp_path_factory):
    """Every broken notebook handed in by a student of its own, among honest ones; graded."""
    folder = tmp_path_factory.mktemp("broken")
    lesson = Lesson("09-doubling", folder / "source")
    lesson.source.parent.mkdir(parents=True)
    lesson.source.write_text(SOURCE, "utf-8")
    (folder / "course").mkdir()
    road = Road(lesson, folder / "course")
    honest = nbformat.writes(road.filled(RIGHT))
    road.files = {}
    for name, content in _submissions(honest).items():
        path = road.hand_in(_student(name), content)
        road.files[path] = content
    road.status = road.run(
        "autograde", *(f"--Autograde.autograde_preprocessors={each}" for each in PREPROCESSORS)
    )
    road.table = road.points()
    noted = read_notes(road.course / "autograded")
    road.notes = {student: notes for (student, _), notes in noted.items()}
    return road


def _submissions(honest):
    files = {name: broken(change, honest) for name, change in INTACT.items()}
    files |= {name: broken(change, honest) for name, (change, _) in LOSING.items()}
    return files | UNREADABLE | {"zz honest": honest.encode()}


def _student(name):
    return name.replace(" ", "-").lower()


pytestmark = pytest.mark.slow


def test_the_batch_goes_through(road):
    assert road.status == 0, road.log.read_text()[-3000:]
    assert len(road.table) == len(road.files)


@pytest.mark.parametrize("name", [*INTACT, "zz honest"])
def test_answers_count_as_if_nothing_had_happened(name, road):
    points = road.table[_student(name)]
    assert {each: points[each] for each in POINTS} == POINTS


@pytest.mark.parametrize("name", LOSING)
def test_only_the_exercise_that_lacks_an_answer_is_lost(name, road):
    points, lost = road.table[_student(name)], LOSING[name][1]
    assert {each: points[each] for each in POINTS} == POINTS | {lost: 0}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_waits_for_the_instructor_with_a_reason(name, road):
    points = road.table[_student(name)]
    assert {each: points[each] for each in POINTS} == dict.fromkeys(POINTS, 0)
    assert "could not be graded" in road.notes[_student(name)][0]


def test_no_submitted_file_is_changed(road):
    assert all(path.read_bytes() == content for path, content in road.files.items())


def test_there_are_enough():
    assert len(INTACT) + len(LOSING) + len(UNREADABLE) >= 40
