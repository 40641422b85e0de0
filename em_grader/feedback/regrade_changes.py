"""Compare two gradings of the same submissions: changed points, notebooks and gradebooks."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Grade, Gradebook, SubmittedAssignment


@dataclass(frozen=True, order=True)
class Change:
    """The points of one student for one exercise before and after regrading."""

    student: str
    exercise: str
    before: float  # points by the hidden test
    after: float
    law_before: str  # the law that the answer broke; empty if it broke none
    law_after: str
    by_hand: float | None  # points given by the instructor, which count instead of both

    def __str__(self) -> str:
        def with_law(points: float, law: str) -> str:
            return f"{points:g} ({law})" if law else f"{points:g}"

        before, after = with_law(self.before, self.law_before), with_law(self.after, self.law_after)
        manual = "" if self.by_hand is None else f"; {self.by_hand:g} by hand stay"
        return f"{self.student:16} {self.exercise:24} {before} -> {after}{manual}"


Laws = Mapping[tuple[str, str], str]
"""The law that an answer broke, by student and exercise."""


def find_changes(
    before_url: str, after_url: str, assignment: str, laws_before: Laws, laws_after: Laws
) -> list[Change]:
    """List the exercises whose points by the hidden test have changed, by student and exercise."""
    changes = []
    with Gradebook(before_url) as before, Gradebook(after_url) as after:
        points_before = {key: grade.auto_score for key, grade in _grades(before, assignment)}
        for key, grade in _grades(after, assignment):
            student, cell = key
            exercise = cell.removeprefix("test-")
            if grade.auto_score not in (None, points_before.get(key)):
                changes.append(
                    Change(
                        student,
                        exercise,
                        points_before.get(key) or 0.0,
                        grade.auto_score,
                        laws_before.get((student, exercise), ""),
                        laws_after.get((student, exercise), ""),
                        grade.manual_score,
                    )
                )
    return sorted(changes)


def restore_review_state(before_url: str, after_url: str, assignment: str) -> None:
    """Let points wait for manual grading only if they did so before, or have changed.

    The flags are set in the gradebook after regrading.
    """
    with Gradebook(before_url) as before, Gradebook(after_url) as after:
        known = {
            key: (grade.auto_score, grade.needs_manual_grade)
            for key, grade in _grades(before, assignment)
        }
        for key, grade in _grades(after, assignment):
            points, pending = known.get(key, (None, True))
            if points == grade.auto_score:
                grade.needs_manual_grade = pending
        after.db.commit()


def gradebook_contents(
    gradebook_url: str,
) -> tuple[list[tuple[str, ...]], dict[tuple[str, str, str], list[tuple[Any, ...]]]]:
    """Read the tests, grades and comments of a gradebook in a form that can be compared.

    Keys and times that change whenever nbgrader grades are left out. Grades and comments are by
    assignment, student and notebook.
    """
    with Gradebook(gradebook_url) as gradebook:
        tests = [
            (assignment.name, cell.name, cell.source, cell.checksum)
            for assignment in gradebook.assignments
            for notebook in assignment.notebooks
            for cell in notebook.source_cells
        ]
        rows: dict[tuple[str, str, str], list[tuple[Any, ...]]] = defaultdict(list)
        for submission in gradebook.db.query(SubmittedAssignment):
            for notebook in submission.notebooks:
                key = submission.assignment.name, submission.student_id, notebook.name
                rows[key].append((notebook.late_submission_penalty,))
                rows[key] += [
                    (
                        grade.name,
                        grade.manual_score,
                        grade.extra_credit,
                        grade.auto_score,
                        grade.needs_manual_grade,
                    )
                    for grade in notebook.grades
                ]
                rows[key] += [
                    (comment.name, comment.auto_comment, comment.manual_comment)
                    for comment in notebook.comments
                ]
    return sorted(tests), {key: sorted(values, key=str) for key, values in rows.items()}


def graded_files(course: Path, student: str, assignment: str) -> dict[str, bytes]:
    """Read a student's graded notebooks by name."""
    return {path.name: path.read_bytes() for path in _graded_notebooks(course, student, assignment)}


def feedback_cells(course: Path, student: str, assignment: str) -> dict[str, list[Any]]:
    """Read the part of a student's graded notebooks that feedback shows: sources and outputs."""
    return {
        path.name: [
            (cell.source, cell.get("outputs")) for cell in nbformat.read(path, as_version=4).cells
        ]
        for path in _graded_notebooks(course, student, assignment)
    }


def write_changes(path: Path, changes: list[Change]) -> None:
    """Write changes as a CSV table."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow([field.name for field in fields(Change)])
        table.writerows(astuple(change) for change in changes)


def _grades(gradebook: Gradebook, assignment: str) -> Iterator[tuple[tuple[str, str], Grade]]:
    """Each grade of an assignment, by student and cell."""
    for submission in gradebook.find_assignment(assignment).submissions:
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                yield (submission.student_id, grade.name), grade


def _graded_notebooks(course: Path, student: str, assignment: str) -> Iterator[Path]:
    return (course / "autograded" / student / assignment).glob("*.ipynb")
