"""Read nbgrader's gradebook: points per student and exercise, and notes on submissions."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import nbformat
import sqlalchemy
from nbgrader.api import Gradebook
from sqlalchemy.engine import make_url

from em_grader.nbgrader_plugins import nbgrader_patches
from em_grader.submissions import graded_notebook

nbgrader_patches.apply_patches()

LATE = "late penalty"
"""Stands in place of an exercise's name for the points that a late submission loses."""


@dataclass(frozen=True, order=True)
class Points:
    """The points of one student for one exercise."""

    student: str
    lesson: str
    exercise: str  # the name of the function or of the written question
    points: float  # those given by hand if there are any, otherwise the hidden tests'
    maximum: float
    pending: bool  # whether the exercise waits for manual grading


def has_assignment(gradebook_url: str, assignment: str) -> bool:
    """Whether a gradebook exists and has an assignment of this name.

    Nothing is created where there is no gradebook.
    """
    url = make_url(gradebook_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False
    engine = sqlalchemy.create_engine(url)
    try:
        if not sqlalchemy.inspect(engine).has_table("assignment"):
            return False
    finally:
        engine.dispose()
    with Gradebook(gradebook_url) as gradebook:
        return any(known.name == assignment for known in gradebook.assignments)


def display_name(gradebook_url: str) -> str:
    """Return the address of a gradebook for messages: a file's path, or a URL without password."""
    url = make_url(gradebook_url)
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.render_as_string(hide_password=True)


def read_points(gradebook_url: str) -> list[Points]:
    """Read all grades that are worth points, by student, lesson and position in the notebook.

    A late submission's penalty is a row of its own, with negative points and ``LATE`` as its
    exercise.
    """
    rows = []
    with Gradebook(gradebook_url) as gradebook:
        for assignment in gradebook.assignments:
            for submission in assignment.submissions:
                for notebook in submission.notebooks:
                    cells = notebook.notebook.source_cells
                    position = {cell.name: index for index, cell in enumerate(cells)}
                    grades = [grade for grade in notebook.grades if grade.max_score > 0]
                    rows += [
                        Points(
                            submission.student.id,
                            assignment.name,
                            grade.name.removeprefix("test-"),
                            float(grade.score),
                            float(grade.max_score),
                            bool(grade.needs_manual_grade),
                        )
                        for grade in sorted(grades, key=lambda grade: position[grade.name])
                    ]
                    penalty = float(notebook.late_submission_penalty or 0)
                    if penalty:
                        student = submission.student.id
                        rows.append(Points(student, assignment.name, LATE, -penalty, 0.0, False))
    return sorted(rows, key=lambda row: (row.student, row.lesson))


def write_csv(path: Path, rows: Iterable[Points]) -> None:
    """Write points as a CSV table with one row per student and exercise."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow([field.name for field in fields(Points)])
        table.writerows(astuple(row) for row in rows)


def read_notes(autograded: Path) -> dict[tuple[str, str], list[str]]:
    """Read the notes of the grader by student and lesson: restored cells, unreadable files.

    ``autograded`` is nbgrader's folder of graded submissions. Those without notes are left out.
    """
    notes = {}
    for path in sorted(Path(autograded).glob("*/*/*.ipynb")):
        lines = graded_notebook.read_notes(nbformat.read(path, as_version=4))
        if lines:
            notes[path.parts[-3], path.parts[-2]] = lines
    return notes
