"""Create a course with submissions, and compare what grading leaves in two such courses."""

import shutil

from nbgrader.api import Gradebook, SubmittedAssignment

from em_authoring.lesson_paths import ROOT
from tests.support.nbgrader_course import NbgraderCourse

CONFIG_FILE = "nbgrader_config.py"


def create_course(lesson, folder, submissions):
    """Create a course with the root's configuration, in which students have handed in.

    Parameters
    ----------
    lesson : Lesson
    folder : Path
        An empty folder.
    submissions : dict of str to dict
        For each student, answers by exercise, or the bytes of the file.

    Returns
    -------
    NbgraderCourse
    """
    course = NbgraderCourse(lesson, folder)
    shutil.copy(ROOT / CONFIG_FILE, folder)
    for student, answers in submissions.items():
        content = answers if isinstance(answers, bytes) else course.filled(answers)
        course.hand_in(student, content)
    return course


def copy_course(course, folder):
    """Copy a course in which nothing has been graded yet; the copy's folder."""
    shutil.copytree(course.folder, folder)
    return folder


def gradebook_rows(folder):
    """List every grade and comment of the gradebook.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    list of tuple
        Sorted; a row that the gradebook holds twice is listed twice.
    """
    rows = []
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        for submission in book.db.query(SubmittedAssignment).all():
            submitter = submission.assignment.name, submission.student_id
            rows.append((*submitter, str(submission.timestamp)))
            for notebook in submission.notebooks:
                rows.append((*submitter, notebook.name, str(notebook.late_submission_penalty)))
                rows += [(*submitter, *map(str, _grade(record))) for record in notebook.grades]
                rows += [(*submitter, *map(str, _comment(record))) for record in notebook.comments]
    return sorted(rows)


def autograded_files(folder):
    """Read every file in autograded/: its bytes and mode, by path."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode)
        for path in (folder / "autograded").rglob("*")
        if path.is_file()
    }


def _grade(record):
    scores = record.auto_score, record.manual_score, record.extra_credit
    return record.name, *scores, record.needs_manual_grade


def _comment(record):
    return record.name, record.auto_comment, record.manual_comment
