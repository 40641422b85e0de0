"""The submissions of the sample class: ten students, each with one peculiarity."""

import copy
import json
from collections.abc import Collection, Mapping

import nbformat
from nbformat import NotebookNode

from em_authoring.known_answers import KnownAnswers

ENDLESS_LOOP = "def {name}(*arguments):\n    while True:\n        pass"
SYNTAX_ERROR = "def {name}(x:\n    return x"
WRITTEN_ANSWER = "An answer in words, which waits for manual grading."

Answers = Mapping[str, str]
"""Sources of answer cells by their grade id, which is the exercise's name."""


def sample_submissions(release: NotebookNode, known: KnownAnswers) -> dict[str, str]:
    """Make the text of the file that each student of the sample class submits for one lesson.

    The release is the students' notebook; at least two right answers and a wrong one per exercise
    must be known.
    """
    first, second = _right_answers(known, 0), _right_answers(known, 1)
    exercises = list(first)
    written = {_grade_id(cell): WRITTEN_ANSWER for cell in release.cells if _is_written(cell)}
    syntax_error = {exercises[0]: SYNTAX_ERROR.format(name=exercises[0])}
    endless_loop = {exercises[1]: ENDLESS_LOOP.format(name=exercises[1])}
    wrong = _wrong_answers(known, exercises)
    notebooks = {
        "all-right": _fill_in(release, first | written),
        "other-style": _fill_in(release, second | written),
        "some-wrong": _fill_in(release, first | _wrong_answers(known, exercises[::2])),
        "blank": copy.deepcopy(release),
        "syntax-error": _fill_in(release, first | syntax_error),
        "endless-loop": _fill_in(release, first | endless_loop),
        "deleted-test": _without_cell(_fill_in(release, first), f"test-{exercises[0]}"),
        "changed-points": _with_changed_points(_fill_in(release, wrong)),
        "duplicated-cell": _with_duplicated_cell(_fill_in(release, first), exercises[0]),
    }
    texts = {student: nbformat.writes(notebook) for student, notebook in notebooks.items()}
    return texts | {"empty-file": ""}


def _right_answers(known: KnownAnswers, index: int) -> dict[str, str]:
    """The first or second right answer to each exercise."""
    sources: dict[str, list[str]] = {}
    for answer in known.right:
        sources.setdefault(answer.exercise, []).append(answer.source)
    return {exercise: alternatives[index] for exercise, alternatives in sources.items()}


def _wrong_answers(known: KnownAnswers, exercises: Collection[str]) -> dict[str, str]:
    """The first wrong answer to each of these exercises."""
    sources: dict[str, str] = {}
    for answer in known.wrong:
        if answer.exercise in exercises:
            sources.setdefault(answer.exercise, answer.source)
    return sources


def _fill_in(release: NotebookNode, answers: Answers) -> NotebookNode:
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        if _grade_id(cell) in answers:
            cell.source = answers[_grade_id(cell)]
    return notebook


def _without_cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    notebook.cells = [cell for cell in notebook.cells if _grade_id(cell) != grade_id]
    return notebook


def _with_changed_points(notebook: NotebookNode) -> NotebookNode:
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata["nbgrader"]["points"] = 100
    return notebook


def _with_duplicated_cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """Repeat an answer cell, with the same grade id and the same cell id."""
    index = next(i for i, cell in enumerate(notebook.cells) if _grade_id(cell) == grade_id)
    notebook.cells.insert(index + 1, copy.deepcopy(notebook.cells[index]))
    return nbformat.from_dict(json.loads(json.dumps(notebook)))


def _is_written(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("solution"))


def _grade_id(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")
