"""Count the failed tests of a class in one lesson, by exercise and by the law that failed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

from em_authoring.known_answers import WrongAnswer
from em_grader.exercise_result import Failure, stored_results
from em_grader.sandbox.referee.misconceptions import syntax
from em_grader.submissions.graded_notebook import is_readable, read_notes

_UNTOUCHED = "NotImplementedError"
"""The exception of an answer cell as it was handed out."""


@dataclass(frozen=True)
class FailureGroup:
    """The students whose answers to an exercise failed at the same law.

    ``misconceptions`` counts those who have a listed misconception, by its hint, the most frequent
    first; ``candidates`` are the hints of the other listed misconceptions that fail at this law.
    """

    exercise: str
    law: str  # the law's name, or the exception's
    students: list[str]
    misconceptions: dict[str, int]
    candidates: list[str]


def failure_groups(
    autograded: Path, assignment: str, wrong_answers: Sequence[WrongAnswer]
) -> list[FailureGroup]:
    """Group a class's failed tests by exercise and law, the largest group first.

    Stubs that were handed in untouched, and files that could not be read, are not counted. The
    lesson's wrong answers give the candidates, and the hints of notebooks that were graded without
    a sandbox, where an answer is compared by its syntax alone.
    """
    students: dict[tuple[str, str], list[str]] = defaultdict(list)
    misconceptions: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for student, notebook in _readable_notebooks(autograded, assignment):
        for exercise, failure, answer in _failures(notebook):
            if failure.exception == _UNTOUCHED:
                continue
            group = exercise, failure.law
            students[group].append(student)
            hint = failure.hint or _hint_by_syntax(wrong_answers, exercise, answer)
            if hint:
                misconceptions[group][hint] += 1
    groups = []
    for group, members in sorted(students.items(), key=lambda item: (-len(item[1]), item[0])):
        counts = dict(misconceptions[group].most_common())
        hints = dict.fromkeys(
            wrong.hint for wrong in wrong_answers if (wrong.exercise, wrong.law) == group
        )
        candidates = [hint for hint in hints if hint not in counts]
        groups.append(FailureGroup(*group, members, counts, candidates))
    return groups


def count_unanswered(autograded: Path, assignment: str) -> Counter[str]:
    """Count by exercise the students who left it as it was handed out."""
    counts: Counter[str] = Counter()
    for _, notebook in _readable_notebooks(autograded, assignment):
        counts.update(
            exercise
            for exercise, failure, _ in _failures(notebook)
            if failure.exception == _UNTOUCHED
        )
        counts.update(
            grade_id
            for grade_id, cell in _graded_cells(notebook).items()
            if cell.cell_type == "markdown"
            and cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
        )
    return counts


def unreadable_submissions(autograded: Path, assignment: str) -> dict[str, list[str]]:
    """Find the students who handed in a file that could not be read, with the notes on why."""
    return {
        student: read_notes(notebook)
        for student, notebook in _graded_notebooks(autograded, assignment)
        if not is_readable(notebook)
    }


def _graded_notebooks(autograded: Path, assignment: str) -> Iterator[tuple[str, NotebookNode]]:
    """Each student with the graded notebook."""
    for path in sorted(Path(autograded).glob(f"*/{assignment}/*.ipynb")):
        yield path.parts[-3], nbformat.read(path, as_version=4)


def _readable_notebooks(autograded: Path, assignment: str) -> Iterator[tuple[str, NotebookNode]]:
    """Each student whose file could be read, with the graded notebook."""
    notebooks = _graded_notebooks(autograded, assignment)
    return ((student, notebook) for student, notebook in notebooks if is_readable(notebook))


def _graded_cells(notebook):
    return {
        cell.metadata.nbgrader["grade_id"]: cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id")
    }


def _failures(notebook: NotebookNode) -> Iterator[tuple[str, Failure, str]]:
    """Each exercise whose hidden test failed, the failure, and the source of the answer."""
    cells = _graded_cells(notebook)
    for result in stored_results(notebook.metadata):
        if result.failure:
            yield result.exercise, result.failure, cells[result.exercise].source


def _hint_by_syntax(wrong_answers, exercise, answer):
    """The hint of the wrong answer from which an answer differs in its layout only, or None."""
    answer_syntax = syntax(answer)
    for wrong in wrong_answers:
        if wrong.exercise == exercise and syntax(wrong.source) == answer_syntax:
            return wrong.hint
    return None
