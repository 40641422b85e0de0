"""``em-grade replay``: the instructor sees why a test was lost, and nothing is written."""

import shutil

import pytest

from em_authoring.lesson_paths import ROOT
from em_grader import cli
from tests.support.nbgrader_course import NbgraderCourse

pytestmark = pytest.mark.slow

DRAWS = """
def double(x):
    return x + np.random.normal()
"""
ANSWERS = {
    "wrong": {"double": "def double(x):\n    print('saw', x)\n    return x + 2"},
    "right": {"double": "def double(x):\n    return x + x"},
    "clears": {"double": "def double(x):\n    print('\\x1b[2J')\n    raise KeyError('\\x1b[2J')"},
    "draws": {"double": DRAWS},
}


@pytest.fixture(scope="module")
def course(small_lesson, tmp_path_factory):
    nbgrader_course = NbgraderCourse(small_lesson, tmp_path_factory.mktemp("replay"))
    shutil.copy(ROOT / "nbgrader_config.py", nbgrader_course.folder)
    for student, answers in ANSWERS.items():
        nbgrader_course.hand_in(student, nbgrader_course.filled(answers))
    return nbgrader_course.folder


def replayed(course, capsys, *arguments):
    status = cli.main(["replay", *arguments, f"--course={course}"])
    said = capsys.readouterr()
    return status, said.out + said.err


def test_the_instructor_sees_the_line_the_data_and_the_calls(course, capsys):
    before = {path: path.stat().st_mtime_ns for path in course.rglob("*")}
    status, said = replayed(course, capsys, "wrong", "double")
    assert status == 0
    assert said.startswith("wrong, 09-doubling, double: 0 of 3 points\n")
    assert "told      CheckFailure: doubles secret numbers: double is 5.25" in said
    assert "line 5    checks.agrees('double', checks.call(double, 3.25), 6.5" in said
    assert "found by  agrees(name='double', value=5.25, expected=6.5" in said
    assert "  call    1: double(3.25) gave 5.25" in said
    assert "printed   saw 3.25" in said
    assert {path: path.stat().st_mtime_ns for path in course.rglob("*")} == before


def test_a_test_that_is_passed_says_so_and_no_more(course, capsys):
    assert replayed(course, capsys, "right", "double") == (
        0,
        "right, 09-doubling, double: 3 of 3 points\n",
    )


def test_draws_are_those_of_the_grading(course, capsys):
    first, second = (replayed(course, capsys, "draws", "double") for _ in range(2))
    assert first == second
    assert "0 of 3 points" in first[1]


def test_nothing_that_a_student_prints_moves_the_cursor(course, capsys):
    status, said = replayed(course, capsys, "clears", "double")
    assert status == 0
    assert "KeyError" in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nobody", "double"], "nobody has handed in nothing"),
        (["right", "treble"], "it has double, halve"),
        (["right", "double", "--lesson=10-none"], "nothing to 10-none"),
    ],
)
def test_what_is_not_there_is_named(arguments, message, course, capsys):
    status, said = replayed(course, capsys, *arguments)
    assert status == 2
    assert message in said


def test_two_lessons_with_one_exercise_are_told_apart(course, capsys):
    for folder in (
        "course/10-doubling",
        "submitted/both/10-doubling",
        "submitted/both/09-doubling",
    ):
        shutil.copytree(course / "course" / "09-doubling", course / folder)
    status, said = replayed(course, capsys, "both", "double")
    assert status == 2
    assert "say --lesson, one of 09-doubling, 10-doubling" in said
