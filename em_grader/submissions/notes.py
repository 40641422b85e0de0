"""Notes on a submission, for student and instructor, in the metadata of the graded notebook."""

from collections.abc import Sequence

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

NOTES = "em_grader"
"""The key of the notebook's metadata that holds the notes and whether it could be graded."""


def write_notes(notebook: NotebookNode, notes: Sequence[str], *, readable: bool) -> None:
    """Record the notes on a submission in its notebook, in place.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    notes : sequence of str
        Whole sentences. They replace those that were recorded before.
    readable : bool
        Whether the submission could be graded. If not, it waits for the instructor.
    """
    notebook.metadata[NOTES] = {"notes": list(notes), "readable": readable}


def read_notes(notebook: NotebookNode) -> list[str]:
    """The notes that are recorded in a graded notebook."""
    return list(notebook.metadata.get(NOTES, {}).get("notes", []))


def is_readable(notebook: NotebookNode) -> bool:
    """Whether the submission could be graded, which holds for a notebook without notes."""
    return bool(notebook.metadata.get(NOTES, {}).get("readable", True))


def notes_cell(notes: Sequence[str]) -> NotebookNode:
    """A Markdown cell that lists the notes at the top of the graded notebook."""
    text = "**Notes from grading**\n\n" + "\n".join(f"* {note}" for note in notes)
    return new_markdown_cell(text, id="grading-notes")
