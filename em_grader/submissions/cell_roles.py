"""The roles of a notebook's cells: for each cell whose code it is, and what it is for."""

import nbformat

from em_grader.exercise_result import ExerciseResult, Failure
from em_grader.sandbox.lesson_data import Cell
from em_grader.submissions.notes import NOTES

HIDDEN = "BEGIN HIDDEN TESTS"
FAILED = (
    "The grader itself failed on this notebook. It counts 0 points until the instructor decides."
)
ALLOWLIST_TAG = "may-call:"
"""A tag of a test cell: ``may-call:log_sum_exp`` allows calls of that function of the reference.

It holds for the visible check of the exercise as well.
"""


def describe_cells(notebook: nbformat.NotebookNode) -> list[Cell]:
    """Describe each cell of a notebook for the trusted grader.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        A rebuilt submission, or a lesson.

    Returns
    -------
    list of Cell
    """
    cells = [_described(cell) for cell in notebook.cells]
    allowlists = {cell["exercise"]: cell["allowlisted"] for cell in cells if cell["kind"] == "test"}
    for cell in cells:
        if cell["kind"] == "check":
            cell["allowlisted"] = allowlists.get(cell["exercise"], [])
    return cells


def is_test(cell):
    """Whether a cell holds the tests of an exercise, visible or hidden."""
    marking = cell.metadata.get("nbgrader", {})
    return marking.get("grade", False) and not marking.get("solution", False)


def put_outputs(notebook, outputs):
    """Put outputs into a notebook's code cells, and count the cells.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    outputs : list of (list of dict, or None)
    """
    count = 0
    for cell, shown in zip(notebook.cells, outputs, strict=True):
        if cell.cell_type != "code":
            continue
        count += bool(cell.source.strip())
        cell.execution_count = count if cell.source.strip() else None
        cell.outputs = [nbformat.from_dict(each) for each in shown or []]
        for each in cell.outputs:
            if each.output_type == "execute_result":
                each.execution_count = cell.execution_count


def ungraded_result(notebook):
    """The result of a notebook on which the grader itself failed: no test passes.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Its metadata are marked, so that it waits for the instructor.

    Returns
    -------
    dict
        As ``Job.result`` returns it.
    """
    told = notebook.metadata.get(NOTES, {})
    notebook.metadata[NOTES] = {"notes": [*told.get("notes", []), FAILED], "readable": False}
    failure = Failure("NotGraded", "NotGraded", FAILED)
    cells = describe_cells(notebook)
    results = [
        ExerciseResult(cell["exercise"], 0.0, cell["points"], failure=failure).as_data()
        for cell in cells
        if cell["kind"] == "test"
    ]
    is_test = [cell["kind"] in ("test", "check") for cell in cells]
    outputs = [[failure.as_output()] if each else [] for each in is_test]
    return {"outputs": outputs, "results": results, "restarts": 0}


def _described(cell) -> Cell:
    marking = cell.metadata.get("nbgrader", {})
    name = str(marking.get("grade_id", ""))
    tags = cell.metadata.get("tags", [])
    return {
        "kind": _kind(cell, marking),
        "source": cell.source,
        "exercise": name.removeprefix("test-").removeprefix("check-"),
        "points": float(marking.get("points", 0) or 0),
        "allowlisted": [
            tag.removeprefix(ALLOWLIST_TAG) for tag in tags if tag.startswith(ALLOWLIST_TAG)
        ],
    }


def _kind(cell, marking):
    if cell.cell_type != "code":
        return "text"
    if cell.metadata.get("em_grader", {}).get("from") == "student":
        return "added"
    if marking.get("solution", False):
        return "answer"
    if not is_test(cell):
        return "provided"
    return "test" if marking.get("points") or HIDDEN in cell.source else "check"
