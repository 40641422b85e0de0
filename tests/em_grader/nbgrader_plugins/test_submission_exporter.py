"""A submission as nbgrader comes to it: built anew from the release, whatever lies beside it."""

import os

import nbformat
import pytest
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory

from em_grader.nbgrader_plugins.submission_exporter import SubmissionExporter
from em_grader.submissions.graded_notebook import NOTES
from em_grader.submissions.read_submission import TIMESTAMP, UNREADABLE_TIMESTAMP

LESSON, STUDENT = "09-doubling", "a student"


@pytest.fixture
def course(tmp_path, small_release_text):
    place = tmp_path / "course" / LESSON
    place.mkdir(parents=True)
    (place / "doubling.ipynb").write_text(small_release_text, "utf-8")
    folder = tmp_path / "submitted" / STUDENT / LESSON
    folder.mkdir(parents=True)
    (folder / "doubling.ipynb").write_text(small_release_text, "utf-8")
    return tmp_path


def exported(course):
    """The notebook that the exporter makes of the submission, and its notes."""
    directory = CourseDirectory(root=str(course), release_directory="course")
    converter = Autograde(coursedir=directory)
    exporter = SubmissionExporter(parent=converter)
    place = {"student": STUDENT, "assignment": LESSON, "notebook": "doubling"}
    path = course / "submitted" / STUDENT / LESSON / "doubling.ipynb"
    text, _ = exporter.from_filename(str(path), {"nbgrader": place})
    notebook = nbformat.reads(text, as_version=4)
    return notebook, notebook.metadata[NOTES]["notes"]


def test_what_was_handed_in_as_it_came_has_no_notes(course):
    notebook, notes = exported(course)
    assert notes == []
    assert notebook.metadata[NOTES]["readable"]
    assert notebook.cells[0].id != "grading-notes"


def test_a_lesson_that_was_not_released_is_named_with_what_to_run(course):
    (course / "course" / LESSON / "doubling.ipynb").unlink()
    with pytest.raises(FileNotFoundError, match=f"nbgrader generate_assignment {LESSON} first"):
        exported(course)


def test_a_release_of_before_cells_had_ids_is_taken(course, small_release):
    old = small_release
    old.nbformat_minor = 4
    for cell in old.cells:
        del cell["id"]
    nbformat.write(old, course / "course" / LESSON / "doubling.ipynb")
    notebook, notes = exported(course)
    nbformat.validate(notebook)
    assert notes == []
    assert [cell.id for cell in notebook.cells[:2]] == ["cell-0", "cell-1"]


@pytest.mark.parametrize("kind", ["text", "link", "folder"])
def test_a_time_that_nobody_can_read_is_noted(kind, course):
    place = course / "submitted" / STUDENT / LESSON / TIMESTAMP
    if kind == "text":
        place.write_text("the day before yesterday, or so")
    elif kind == "link":
        (course / "time").write_text("2030-01-01 UTC")
        place.symlink_to(course / "time")
    else:
        place.mkdir()
    notebook, notes = exported(course)
    assert UNREADABLE_TIMESTAMP in notes
    assert UNREADABLE_TIMESTAMP in notebook.cells[0].source


def test_a_link_is_not_followed_and_what_was_copied_for_it_is_removed(course):
    secret = course / "secret"
    secret.write_text("x")
    for name in ("data.csv", "never-copied.csv"):
        (course / "submitted" / STUDENT / LESSON / name).symlink_to(secret)
    graded = course / "autograded" / STUDENT / LESSON
    graded.mkdir(parents=True)
    (graded / "data.csv").write_text("x")
    (graded / "kept.csv").write_text("y")
    _, notes = exported(course)
    assert sorted(notes) == [
        f"'{name}' is a symbolic link, which is not followed."
        for name in ("data.csv", "never-copied.csv")
    ]
    assert os.listdir(graded) == ["kept.csv"]
    assert secret.read_text() == "x"


def test_what_cannot_be_read_is_the_release_with_a_note(course, small_release):
    (course / "submitted" / STUDENT / LESSON / "doubling.ipynb").write_text("{]")
    notebook, notes = exported(course)
    assert not notebook.metadata[NOTES]["readable"]
    assert "It counts 0 points until the instructor decides" in notes[0]
    assert [c.source for c in notebook.cells[1:]] == [c.source for c in small_release.cells]
