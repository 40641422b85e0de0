"""All that grading leaves behind, in a form in which two courses can be compared."""

import shutil

from nbgrader.api import Gradebook, SubmittedAssignment

from em_authoring.lesson import ROOT
from tests.em_grader.road import Road

SETTINGS = "nbgrader_config.py"


def course(lesson, folder, submissions):
    """A course with the root's configuration, in which students have handed in.

    Parameters
    ----------
    lesson : Lesson
    folder : Path
        An empty one.
    submissions : dict of str to dict
        For each student answers by name, or the content of the file.

    Returns
    -------
    Road
    """
    road = Road(lesson, folder)
    shutil.copy(ROOT / SETTINGS, folder)
    for student, answers in submissions.items():
        plain = isinstance(answers, bytes)
        road.hand_in(student, answers if plain else road.filled(answers))
    return road


def copied(road, folder):
    """The same course before anything was graded, elsewhere."""
    shutil.copytree(road.course, folder)
    return folder


def ledger(folder):
    """Every grade and comment of the gradebook.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    list of tuple
        Sorted; a row that is there twice is twice in it.
    """
    rows = []
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        for submission in book.db.query(SubmittedAssignment).all():
            who = submission.assignment.name, submission.student_id
            rows.append((*who, str(submission.timestamp)))
            for notebook in submission.notebooks:
                rows.append((*who, notebook.name, str(notebook.late_submission_penalty)))
                rows += [(*who, *map(str, _grade(each))) for each in notebook.grades]
                rows += [(*who, *map(str, _comment(each))) for each in notebook.comments]
    return sorted(rows)


def files(folder):
    """What lies in autograded/, by path: bytes and mode."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode)
        for path in (folder / "autograded").rglob("*")
        if path.is_file()
    }


def _grade(each):
    scores = each.auto_score, each.manual_score, each.extra_credit
    return each.name, *scores, each.needs_manual_grade


def _comment(each):
    return each.name, each.auto_comment, each.manual_comment
