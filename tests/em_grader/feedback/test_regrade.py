"""``em-grade regrade``: a mended test, who changed, and nothing written before it is confirmed."""

import csv
import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook

from em_authoring.lesson_paths import Lesson
from em_authoring.lesson_source import read_lesson_source
from em_grader import cli
from em_grader.read_gradebook import read_points
from tests.support.course_contents import (
    CONFIG_FILE,
    autograded_files,
    create_course,
    gradebook_rows,
)
from tests.support.doubling_lesson import RIGHT, SOURCE

pytestmark = pytest.mark.slow

LESSON = "09-doubling"
WRONG = RIGHT | {"double": "def double(x):\n    return x + 2"}
CLASS = {
    "right": RIGHT | {"why": "Because."},
    "by-hand": RIGHT,
    "wrong": WRONG | {"why": "I guess."},
    "fooled": RIGHT | {"double": "def double(x):\n    return x + 3.5"},
    "torn": b"no notebook",
}


def lesson(folder, text):
    made = Lesson(LESSON, folder)
    made.source.parent.mkdir(parents=True)
    made.source.write_text(text, "utf-8")
    return made


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Graded by a test that demands 6.75 of double(3.25); some of it by hand as well."""
    faulty = lesson(tmp_path_factory.mktemp("faulty"), SOURCE.replace("6.5, law", "6.75, law"))
    course = create_course(faulty, tmp_path_factory.mktemp("class"), CLASS)
    assert cli.main([LESSON, f"--course={course.folder}"]) == 0
    with book(course) as gradebook:
        for student, grade, points in (
            ("right", "why", 2),
            ("wrong", "why", 1),
            ("by-hand", "test-double", 2.5),
            ("torn", "test-halve", 0),
        ):
            found = gradebook.find_grade(grade, "doubling", LESSON, student)
            found.manual_score, found.needs_manual_grade = points, False
        comment = gradebook.find_comment("why", "doubling", LESSON, "right")
        comment.manual_comment = "Well said."
        gradebook.db.commit()
    assert course.run("generate_feedback") == 0
    return course


def book(course):
    return Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}")


def regrade(course, *options):
    return cli.main(["regrade", LESSON, f"--course={course.folder}", *options])


def everything(course):
    """All files of the course but logs."""
    return {
        path: path.read_bytes()
        for path in course.folder.rglob("*")
        if path.is_file() and path.suffix != ".log"
    }


def test_a_mended_test_is_graded_aside_and_written_when_confirmed(course, tmp_path, capsys):
    before = everything(course)
    assert regrade(course) == 0, "no test has changed"
    assert "No points have changed." in capsys.readouterr().out
    assert everything(course) == before

    nbformat.write(read_lesson_source(lesson(tmp_path, SOURCE)), course.lesson.solution)
    before, was, read_before = everything(course), gradebook_rows(course.folder), feedback(course)
    table = tmp_path / "changes.csv"
    assert regrade(course, f"--csv={table}") == 1
    printed = " ".join(capsys.readouterr().out.split())
    assert "by-hand double 0 (doubles secret numbers) -> 3; 2.5 by" in printed
    assert "fooled double 3 -> 0 (doubles secret numbers)" in printed
    assert "Changed points: 3 (students: 3)." in printed
    assert "same points but other feedback: 1." in printed  # wrong is farther off
    assert "Nothing was written." in printed
    assert everything(course) == before
    with open(table, newline="", encoding="utf-8") as file:
        rows = {row["student"]: (row["before"], row["after"]) for row in csv.DictReader(file)}
    assert rows == {"right": ("0.0", "3.0"), "by-hand": ("0.0", "3.0"), "fooled": ("3.0", "0.0")}

    assert regrade(course, "--yes") == 0
    assert "Students whose feedback was generated again: 4;" in capsys.readouterr().out
    who = LESSON, "right"
    changed = set(gradebook_rows(course.folder)) ^ set(was)
    assert {row[1] for row in changed} == {"right", "by-hand", "fooled"}
    assert {row[2] for row in changed} == {"test-double"}
    assert (*who, "test-double", "3.0", "None", "None", "False") in changed
    assert (LESSON, "by-hand", "test-double", "3.0", "2.5", "None", "True") in changed
    assert (*who, "why", "None", "Well said.") in gradebook_rows(course.folder)
    now = feedback(course)
    assert {student for student in now if now[student] != read_before[student]} == {
        "right", "by-hand", "fooled", "wrong",
    }  # fmt: skip
    assert all(mode & 0o777 == 0o444 for _, mode in autograded_files(course.folder).values())

    written = everything(course)
    assert regrade(course, "--yes") == 0
    assert everything(course) == written


def feedback(course):
    return {p.parent.parent.name: p.read_bytes() for p in course.folder.glob("feedback/*/*/*.html")}


def test_a_gradebook_that_changed_meanwhile_is_not_overwritten(course, tmp_path, monkeypatch):
    from em_grader.feedback import regrade as module

    nbformat.write(read_lesson_source(lesson(tmp_path, SOURCE.replace("1.75, law", "7.0, law"))),
                   course.lesson.solution)  # fmt: skip
    was = gradebook_rows(course.folder)

    def somebody_grades():
        with book(course) as gradebook:
            grade = gradebook.find_grade("why", "doubling", LESSON, "wrong")
            grade.manual_score = 1.5
            gradebook.db.commit()
        return True

    from em_grader.batch_grading import ExecutionOptions

    with pytest.raises(ValueError, match="changed meanwhile"):
        module.regrade(LESSON, course.folder, ExecutionOptions(), somebody_grades)
    changed = set(gradebook_rows(course.folder)) ^ set(was)
    assert {row[1:3] for row in changed} == {("wrong", "why")}


def test_a_source_that_was_not_built_is_refused(course, tmp_path, capsys):
    shutil.copy(lesson(tmp_path, SOURCE.replace("3.25", "4.25")).source, course.lesson.source)
    assert regrade(course, "--yes") == 2
    assert f"make notebooks LESSON={LESSON}" in capsys.readouterr().err


def test_what_was_never_graded_cannot_be_graded_again(small_lesson, tmp_path, capsys):
    fresh = create_course(small_lesson, tmp_path / "fresh", {"right": RIGHT})
    assert regrade(fresh) == 2
    assert "nothing of 09-doubling was graded yet" in capsys.readouterr().err


def test_a_gradebook_that_is_configured_elsewhere_is_graded_and_regraded(
    small_lesson, tmp_path, capsys
):
    fresh = create_course(small_lesson, tmp_path / "course", {"right": RIGHT, "wrong": WRONG})
    elsewhere = tmp_path / "records" / "points.db"
    elsewhere.parent.mkdir()
    (fresh.folder / "gradebook.db").rename(elsewhere)
    with open(fresh.folder / CONFIG_FILE, "a", encoding="utf-8") as settings:
        settings.write("\nc.CourseDirectory.db_url = 'sqlite:///../records/points.db'\n")
    assert cli.main([LESSON, f"--course={fresh.folder}"]) == 0

    mended = lesson(tmp_path / "mended", SOURCE.replace("6.5, law", "5.25, law"))
    nbformat.write(read_lesson_source(mended), fresh.lesson.solution)
    assert regrade(fresh, "--yes") == 0
    assert "Changed points: 2 (students: 2)." in capsys.readouterr().out
    points = {
        (row.student, row.exercise): row.points for row in read_points(f"sqlite:///{elsewhere}")
    }
    assert (points["right", "double"], points["wrong", "double"]) == (0, 3)
    assert not (fresh.folder / "gradebook.db").exists()
