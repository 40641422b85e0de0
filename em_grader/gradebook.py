"""Reading nbgrader's gradebook: points by student and exercise, and what graders should know."""

import csv
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from sqlalchemy.engine import make_url

from em_grader.submissions.notes import NOTES

LATE = "late penalty"
"""Stands where an exercise's name does: the points that a late submission loses."""


@dataclass(frozen=True, order=True)
class Points:
    """What one student has for one exercise.

    Attributes
    ----------
    student, lesson, exercise : str
        The exercise by its function's or question's name.
    points : float
        The instructor's where given, else the automatic ones.
    maximum : float
    pending : bool
        Whether the instructor still has to look.
    """

    student: str
    lesson: str
    exercise: str
    points: float
    maximum: float
    pending: bool


def knows(gradebook_url, assignment):
    """Whether there is a gradebook, and a lesson in it.

    Parameters
    ----------
    gradebook_url : str
        As in ``sqlite:///gradebook.db``; no file is made where there is none.
    assignment : str

    Returns
    -------
    bool
    """
    place = make_url(gradebook_url)
    if place.get_backend_name() == "sqlite" and not Path(place.database).exists():
        return False
    with Gradebook(gradebook_url) as gradebook:
        return any(each.name == assignment for each in gradebook.assignments)


def points(gradebook_url):
    """Every grade of a gradebook that is worth points, sorted by student, lesson and place.

    A late submission's penalty is a row of its own, below 0, of the exercise ``LATE``.

    Parameters
    ----------
    gradebook_url : str
        As in ``sqlite:///gradebook.db``.

    Returns
    -------
    list of Points
    """
    rows = []
    with Gradebook(gradebook_url) as gradebook:
        for assignment in gradebook.assignments:
            for submission in assignment.submissions:
                for notebook in submission.notebooks:
                    places = {c.name: i for i, c in enumerate(notebook.notebook.source_cells)}
                    grades = [each for each in notebook.grades if each.max_score > 0]
                    rows += [
                        Points(
                            submission.student.id,
                            assignment.name,
                            grade.name.removeprefix("test-"),
                            float(grade.score),
                            float(grade.max_score),
                            bool(grade.needs_manual_grade),
                        )
                        for grade in sorted(grades, key=lambda grade: places[grade.name])
                    ]
                    lost = float(notebook.late_submission_penalty or 0)
                    if lost:
                        who = submission.student.id, assignment.name
                        rows.append(Points(*who, LATE, -lost, 0.0, False))
    return sorted(rows, key=lambda row: (row.student, row.lesson))


def write_csv(path, rows):
    """Write points as a table, one row an exercise of a student.

    Parameters
    ----------
    path : Path
    rows : list of Points
    """
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow([each.name for each in fields(Points)])
        table.writerows(astuple(row) for row in rows)


def notes(autograded):
    """What grading noticed of each submission: cells put back, files that could not be read.

    Parameters
    ----------
    autograded : Path
        nbgrader's folder of graded submissions.

    Returns
    -------
    dict of (student, lesson) to list of str
        Only those with something to say.
    """
    found = {}
    for path in sorted(Path(autograded).glob("*/*/*.ipynb")):
        said = nbformat.read(path, as_version=4).metadata.get(NOTES, {}).get("notes", [])
        if said:
            found[path.parts[-3], path.parts[-2]] = list(said)
    return found
