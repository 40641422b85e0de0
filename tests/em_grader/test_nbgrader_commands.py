"""nbgrader's own commands under the root's configuration, on a small lesson."""

import copy
import re

import nbformat
import pytest

from em_grader.read_gradebook import read_notes, read_points
from tests.support.doubling_lesson import ANSWERS, RIGHT, SOURCE
from tests.support.nbgrader_course import NbgraderCourse

pytestmark = pytest.mark.slow

NOBODY = {"double": 0, "halve": 0, "why": 0}
POINTS = {
    "right": {"double": 3, "halve": 4, "why": 0},
    "noisy": {"double": 3, "halve": 4, "why": 0},
    "wrong": {"double": 0, "halve": 4, "why": 0},
    "blank": NOBODY,
    "syntax": {"double": 0, "halve": 4, "why": 0},
    "in-place": {"double": 3, "halve": 4, "why": 0},
    "tells-its-input": {"double": 0, "halve": 4, "why": 0},
    "endless": {"double": 0, "halve": 4, "why": 0},
    "exits": {"double": 3, "halve": 0, "why": 0},
    "added-cell": {"double": 3, "halve": 4, "why": 0},
    "duplicated": {"double": 3, "halve": 4, "why": 0},
    "empty": NOBODY,
    "no-notebook": NOBODY,
}


@pytest.fixture(scope="module")
def course(small_lesson, tmp_path_factory):
    course = NbgraderCourse(small_lesson, tmp_path_factory.mktemp("class"))
    handed_in = {}
    for student, answers in ANSWERS.items():
        notebook = course.filled(answers)
        if student == "added-cell":
            notebook.cells.insert(1, nbformat.v4.new_code_cell("twice = 2"))
        handed_in[student] = course.hand_in(student, notebook)
    notebook = course.filled(RIGHT)
    notebook.cells += copy.deepcopy(notebook.cells[2:5])
    handed_in["duplicated"] = course.hand_in("duplicated", notebook)
    handed_in["empty"] = course.hand_in("empty", b"")
    handed_in["no-notebook"] = course.hand_in("no-notebook", b"\x89PNG\xff")
    course.before = {student: path.read_bytes() for student, path in handed_in.items()}
    course.status = course.run("autograde")
    assert course.run("generate_feedback") == 0, course.log.read_text()
    course.handed_in = handed_in
    return course


def test_the_batch_goes_through(course):
    assert course.status == 0, course.log.read_text()
    assert {path.name for path in (course.folder / "feedback").iterdir()} == set(POINTS)


@pytest.mark.parametrize("student", POINTS)
def test_points_are_those_of_the_answers(course, student):
    assert course.points()[student] == POINTS[student]


def test_submitted_files_are_untouched(course):
    assert {s: path.read_bytes() for s, path in course.handed_in.items()} == course.before


def test_a_lost_point_says_which_law_broke(course):
    name, message = course.verdict("wrong", "double")
    assert name == "CheckFailure"
    assert message.startswith("doubles secret numbers: double is 5.25")
    assert "6.5" not in message


@pytest.mark.parametrize(
    ("student", "exercise", "name"),
    [
        ("blank", "double", "NotImplementedError"),
        ("blank", "halve", "NotImplementedError"),
        ("syntax", "double", "NameError"),
        ("endless", "double", "TimeLimitExceeded"),
        ("exits", "halve", "ProcessEnded"),
        ("tells-its-input", "double", "ValueError"),
    ],
)
def test_other_losses_are_named(course, student, exercise, name):
    assert course.verdict(student, exercise)[0] == name


def test_a_message_is_cut(course):
    assert len(course.verdict("tells-its-input", "double")[1]) < 700


def test_a_file_that_cannot_be_read_waits_for_the_instructor(course):
    rows = read_points(f"sqlite:///{course.folder / 'gradebook.db'}")
    waiting = {row.student for row in rows if row.pending and row.exercise != "why"}
    assert waiting == {"empty", "no-notebook"}


def test_a_written_answer_waits_for_the_instructor_and_a_missing_one_does_not(course):
    rows = read_points(f"sqlite:///{course.folder / 'gradebook.db'}")
    assert {row.student for row in rows if row.pending and row.exercise == "why"} == {
        "right", "empty", "no-notebook",
    }  # fmt: skip


def test_what_was_noticed_is_listed_with_its_reason(course):
    said = read_notes(course.folder / "autograded")
    assert {student for student, _ in said} == {"duplicated", "empty", "no-notebook"}
    assert "the file is empty (0 bytes)" in said["empty", "09-doubling"][0]
    assert "the file is not text" in said["no-notebook", "09-doubling"][0]


def test_nothing_hidden_is_left_in_what_students_or_their_code_can_see(course):
    hidden = ['secret numbers")', "3.25", "3.5), 1.75", "Multiplication commutes", "HIDDEN TESTS"]
    seen = [path for folder in ("course", "autograded", "feedback")
            for path in (course.folder / folder).rglob("*") if path.is_file()]  # fmt: skip
    assert {path.suffix for path in seen} == {".ipynb", ".html"}
    for path in seen:
        text = path.read_text("utf-8").replace("&quot;", '"').replace('\\"', '"')
        assert not [each for each in hidden if each in text], path


def test_feedback_runs_nothing_and_asks_for_nothing(course):
    for path in (course.folder / "feedback").rglob("*.html"):
        text = path.read_text("utf-8")
        assert "<script" not in text
        assert not re.findall(r"(?:src|href)=[\"'](?![#]|data:)[^\"']*", text)
        assert not re.findall(r"(?:@import\s+|url\()[\"']?(?:https?:)?//[^)]*", text)


def test_the_search_would_find_what_is_hidden():
    assert 'law="doubles secret numbers")' in SOURCE
    assert "3.25" in SOURCE


def test_a_checkout_with_a_release_and_no_gradebook_is_ready_after_one_command(
    small_lesson, tmp_path
):
    course = NbgraderCourse(small_lesson, tmp_path)
    released = course.lesson.release.read_bytes()
    (tmp_path / "gradebook.db").unlink()
    course.hand_in("right", course.filled(RIGHT))
    assert course.run("generate_assignment") == 0, course.log.read_text()
    assert course.run("autograde") == 0, course.log.read_text()
    assert course.points()["right"] == POINTS["right"]
    assert course.lesson.release.read_bytes() == released
