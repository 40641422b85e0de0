"""One submission after another or several at a time: the same gradebook, comments included."""

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.support.doubling_lesson import NOISY, RIGHT
from tests.support.nbgrader_course import NbgraderCourse

pytestmark = pytest.mark.slow

HELPER = "def scaled(x):\n    return {factor} * x\n\ndef {name}(x):\n    return scaled(x)"
SHARED = {
    "double": HELPER.format(factor=2, name="double"),
    "halve": HELPER.format(factor=0.5, name="halve"),
}
ANSWERS = {
    "right": RIGHT | {"why": "Because."},
    "noisy": RIGHT | {"double": NOISY},
    "wrong": RIGHT | {"double": "def double(x):\n    return x + 2"},
    "blank": {},
    "one-name-for-two-helpers": SHARED,
    "random": RIGHT | {"double": "import numpy as np\ndef double(x):\n    return np.random.rand()"},
    "exits": RIGHT | {"halve": "import os\ndef halve(x):\n    os._exit(3)"},
    "late": RIGHT | {"why": "No time."},
}


def graded(lesson, folder, jobs):
    course = NbgraderCourse(lesson, folder)
    for student, answers in ANSWERS.items():
        notebook = course.filled(answers)
        if student == "noisy":
            notebook.cells.insert(3, nbformat.v4.new_code_cell("print(double(1.0))"))
        path = course.hand_in(student, notebook)
        if student == "late":
            (path.parent / "timestamp.txt").write_text("2026-11-02 12:00:00 UTC")
    course.hand_in("empty", b"")
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment(lesson.assignment, duedate="2026-11-01 12:00:00 UTC")
    assert course.run("autograde", f"--SandboxExecute.jobs={jobs}") == 0, course.log.read_text()
    return course


def rows(course):
    """All that nbgrader keeps of the submissions but its random keys."""
    found = {}
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        for submission in gradebook.find_assignment(course.lesson.assignment).submissions:
            student = submission.student.id
            found[student] = submission.timestamp, submission.total_seconds_late
            for notebook in submission.notebooks:
                found[student, "late"] = notebook.late_submission_penalty
                for each in notebook.grades:
                    scores = each.auto_score, each.manual_score, each.extra_credit, each.max_score
                    found[student, "grade", each.name] = *scores, each.needs_manual_grade
                for each in notebook.comments:
                    comments = each.auto_comment, each.manual_comment
                    found[student, "comment", each.name] = comments
    return found


@pytest.fixture(scope="module")
def both(small_lesson, tmp_path_factory):
    return [graded(small_lesson, tmp_path_factory.mktemp(f"jobs-{n}"), n) for n in (1, 3)]


def test_the_gradebooks_are_the_same_to_the_last_comment(both):
    alone, together = map(rows, both)
    assert alone == together
    assert alone["blank", "comment", "double"] == ("No response.", None)
    assert alone["right", "comment", "double"] == (None, None)
    assert alone["one-name-for-two-helpers", "grade", "test-double"][0] == 3.0
    assert alone["exits", "grade", "test-halve"][0] == 0.0
    assert alone["empty", "grade", "test-double"][-1] is True
    assert alone["late"][1] == 24 * 3600


@pytest.mark.parametrize("student", [*ANSWERS, "empty"])
def test_the_graded_notebooks_are_the_same(both, student):
    alone, together = (course.graded(student) for course in both)
    assert alone == together
