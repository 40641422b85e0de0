"""Write points as tables for learning platforms: Canvas's gradebook, Moodle's grade import."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from nbgrader.api import Gradebook, Student

CANVAS_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE_COLUMNS = ("First name", "Last name", "ID number", "Email address")


def write_canvas(path: Path, gradebook_url: str, assignments: Sequence[str]) -> None:
    """Write a table for Canvas (Grades > Import); its second row holds the possible points.

    Each assignment has a column, in which the entry is empty if the student has submitted nothing.
    Canvas finds a student by ``SIS User ID``, which is the student's id in the gradebook, or by
    ``ID``, which is the gradebook's ``lms_user_id``.
    """
    with Gradebook(gradebook_url) as gradebook:
        maxima = {assignment.name: assignment.max_score for assignment in gradebook.assignments}
        possible = [f"{maxima[name]:g}" for name in assignments]
        rows = [["    Points Possible", "", "", "", "", *possible]]
        for student in gradebook.students:
            name = ", ".join(filter(None, (student.last_name, student.first_name))) or student.id
            scores = _scores(student, assignments)
            rows.append([name, student.lms_user_id or "", student.id, student.id, "", *scores])
    _write_table(path, [*CANVAS_COLUMNS, *assignments], rows)


def write_moodle(path: Path, gradebook_url: str, assignments: Sequence[str]) -> None:
    """Write a table for Moodle (Grades > Import > CSV), with columns as for Canvas.

    Moodle maps students by ``ID number`` or by ``Email address``.
    """
    with Gradebook(gradebook_url) as gradebook:
        rows = [
            [
                student.first_name or "",
                student.last_name or "",
                student.id,
                student.email or "",
                *_scores(student, assignments),
            ]
            for student in gradebook.students
        ]
    _write_table(path, [*MOODLE_COLUMNS, *assignments], rows)


def _scores(student: Student, assignments: Sequence[str]) -> list[str]:
    scores = {
        each.assignment.name: f"{max(0.0, each.score - each.late_submission_penalty):g}"
        for each in student.submissions
    }
    return [scores.get(name, "") for name in assignments]


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(columns)
        table.writerows(rows)
