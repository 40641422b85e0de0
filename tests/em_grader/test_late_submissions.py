"""Late submissions, by nbgrader's timestamps and penalties."""

import csv
import datetime

import nbformat
import pytest
from nbgrader.api import Gradebook

from em_grader import cli
from em_grader.feedback.lms_tables import write_moodle
from em_grader.read_gradebook import LATE, read_notes
from em_grader.submissions.read_submission import UNREADABLE_TIMESTAMP
from tests.support.course_contents import CONFIG_FILE, create_course
from tests.support.doubling_lesson import RIGHT

pytestmark = pytest.mark.slow

LESSON = "09-doubling"
PER_HOUR = """

from nbgrader.plugins import LateSubmissionPlugin


class PerHour(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return total_seconds_late / 3600


c.AssignLatePenalties.plugin_class = PerHour
"""
TIMES = {
    "early": b"2030-03-01 11:59:59 UTC",
    "late": b"2030-03-01 14:00:00 UTC",
    "much-later": b"2031-01-01 00:00:00 UTC",
    "no-time": None,
    "no-sense": b"not a time",
    "no-text": b"\xff\xfe\x00",
    "too-far": b"9" * 400,
}
PENALTIES = dict.fromkeys(TIMES, 0) | {"late": 2, "much-later": 7}


@pytest.fixture(scope="module")
def graded(small_lesson, tmp_path_factory):
    course = create_course(
        small_lesson, tmp_path_factory.mktemp("late"), dict.fromkeys(TIMES, RIGHT)
    )
    with open(course.folder / CONFIG_FILE, "a", encoding="utf-8") as settings:
        settings.write(PER_HOUR)
    for student, time in TIMES.items():
        if time is not None:
            place = course.folder / "submitted" / student / LESSON / "timestamp.txt"
            place.write_bytes(time)
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as book:
        due = datetime.datetime(2030, 3, 1, 12)
        book.update_or_create_assignment(LESSON, duedate=due)
    table = course.folder / "points.csv"
    course.status = cli.main([LESSON, f"--course={course.folder}", f"--csv={table}"])
    with open(table, newline="", encoding="utf-8") as file:
        course.rows = list(csv.DictReader(file))
    return course


def test_no_time_ends_the_batch(graded):
    assert graded.status == 0
    assert {row["student"] for row in graded.rows} == set(TIMES)


def test_penalties_are_those_of_the_plugin_and_no_more_than_the_points(graded):
    with Gradebook(f"sqlite:///{graded.folder / 'gradebook.db'}") as book:
        found = {
            student: book.find_submission(LESSON, student).late_submission_penalty or 0
            for student in TIMES
        }
    assert found == PENALTIES


def test_tables_hold_what_is_left(graded, tmp_path):
    lost = {row["student"]: float(row["points"]) for row in graded.rows if row["exercise"] == LATE}
    assert lost == {"late": -2, "much-later": -7}
    write_moodle(tmp_path / "moodle.csv", f"sqlite:///{graded.folder / 'gradebook.db'}", [LESSON])
    with open(tmp_path / "moodle.csv", newline="", encoding="utf-8") as file:
        points = {row["ID number"]: float(row[LESSON]) for row in csv.DictReader(file)}
    assert points == {student: 7 - penalty for student, penalty in PENALTIES.items()}


def test_a_time_that_cannot_be_read_is_noted(graded):
    said = read_notes(graded.folder / "autograded")
    assert said == {(s, LESSON): [UNREADABLE_TIMESTAMP] for s in ("no-sense", "no-text", "too-far")}


def test_what_was_handed_in_anew_is_graded_anew(graded):
    place = graded.folder / "submitted" / "early" / LESSON
    nbformat.write(graded.filled({}), place / "doubling.ipynb")
    (place / "timestamp.txt").write_bytes(TIMES["late"])
    assert cli.main([LESSON, f"--course={graded.folder}", "--resume"]) == 0
    assert set(graded.points()["early"].values()) == {0}
    assert graded.points()["late"][LATE] == -2
