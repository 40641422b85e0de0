"""What grading writes into a notebook: notes for student and instructor, and outputs."""

from collections.abc import Sequence
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from em_grader.exercise_result import ExerciseResult, Failure
from em_grader.submissions.cell_roles import describe_cells

NOTES = "em_grader"
"""The key of the notebook's metadata that holds the notes and whether it could be graded."""

FAILED = (
    "The grader itself failed on this notebook. It counts 0 points until the instructor decides."
)


def write_notes(notebook: NotebookNode, notes: Sequence[str], *, readable: bool) -> None:
    """Record the notes on a submission in its notebook, in place of earlier ones.

    A submission that was not readable, so that it could not be graded, waits for the instructor.
    """
    notebook.metadata[NOTES] = {"notes": list(notes), "readable": readable}


def read_notes(notebook: NotebookNode) -> list[str]:
    """The notes that were recorded in a notebook."""
    return list(notebook.metadata.get(NOTES, {}).get("notes", []))


def is_readable(notebook: NotebookNode) -> bool:
    """Whether the submission could be graded, which holds for a notebook without notes."""
    return bool(notebook.metadata.get(NOTES, {}).get("readable", True))


def notes_cell(notes: Sequence[str]) -> NotebookNode:
    """A Markdown cell that lists the notes at the top of the graded notebook."""
    text = "**Notes from grading**\n\n" + "\n".join(f"* {note}" for note in notes)
    return new_markdown_cell(text, id="grading-notes")


def put_outputs(notebook: NotebookNode, outputs: Sequence[list[dict[str, Any]] | None]) -> None:
    """Put outputs into a notebook's code cells, and count the cells."""
    count = 0
    for cell, cell_outputs in zip(notebook.cells, outputs, strict=True):
        if cell.cell_type != "code":
            continue
        count += bool(cell.source.strip())
        cell.execution_count = count if cell.source.strip() else None
        cell.outputs = [nbformat.from_dict(output) for output in cell_outputs or []]
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = cell.execution_count


def result_after_grader_error(notebook: NotebookNode) -> dict[str, Any]:
    """The result of a notebook on which the grader itself failed: no test passes.

    The notebook's metadata are marked, so that it waits for the instructor.
    """
    write_notes(notebook, [*read_notes(notebook), FAILED], readable=False)
    failure = Failure("NotGraded", "NotGraded", FAILED)
    cells = describe_cells(notebook)
    results = [
        ExerciseResult(cell["exercise"], 0.0, cell["points"], failure=failure).as_data()
        for cell in cells
        if cell["kind"] == "test"
    ]
    outputs = [[failure.as_output()] if cell["kind"] in ("test", "check") else [] for cell in cells]
    return {"outputs": outputs, "results": results, "restarts": 0}
