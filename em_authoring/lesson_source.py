"""Read a lesson's MyST Markdown as a notebook.

Cell ids are derived from grade ids or from the cell's text, since Markdown stores none, and
nbgrader's cell metadata are filled in.
"""

import hashlib
import re
from collections import Counter
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from em_authoring.lesson_paths import Lesson

GRADING_CELL = {
    "schema_version": 3,
    "grade": False,
    "solution": False,
    "locked": False,
    "task": False,
}
"""nbgrader's cell metadata where a lesson's source leaves them out."""
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class SourceError(ValueError):
    """A lesson's source breaks the course's rules."""


def read_lesson_source(lesson: Lesson) -> NotebookNode:
    """The notebook of a lesson's source, without outputs.

    Raises
    ------
    SourceError
        A grade id appears twice or has an unusual form, or a graded cell has no points.
    """
    return read_myst_notebook(lesson.source)


def read_myst_notebook(path: Path) -> NotebookNode:
    """The notebook that a file of MyST Markdown describes, without outputs.

    nbgrader's cell metadata are short in the source. What is left out gets the value that
    nbgrader's own editor gives it, and the cell type is the cell's own.

    Raises
    ------
    SourceError
        As for ``read_lesson_source``.
    """
    notebook = jupytext.read(path, fmt="md:myst")
    notebook.metadata.clear()
    notebook.metadata.update({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    used_ids: Counter[str] = Counter()
    for cell in notebook.cells:
        cell.metadata = {
            key: value for key, value in cell.metadata.items() if key in ("nbgrader", "tags")
        }
        if "nbgrader" in cell.metadata:
            _complete_metadata(cell, path.name)
        cell["id"] = _cell_id(cell, used_ids, path.name)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _complete_metadata(cell: NotebookNode, file_name: str) -> None:
    short = cell.metadata["nbgrader"]
    grade_id = short.get("grade_id", "")
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", grade_id):
        raise SourceError(f"{file_name}: grade_id {grade_id!r}; lower case is expected, as test-f.")
    full = GRADING_CELL | {"cell_type": cell.cell_type} | dict(short)
    if full["grade"] and "points" not in full:
        raise SourceError(f"{file_name}: {grade_id} is graded but has no points.")
    cell.metadata["nbgrader"] = {key: full[key] for key in sorted(full)}


def _cell_id(cell: NotebookNode, used_ids: Counter[str], file_name: str) -> str:
    """The grade id, or a digest of the cell's text, since text formats store no cell ids."""
    if "nbgrader" in cell.metadata:
        base = cell.metadata["nbgrader"]["grade_id"]
        if base in used_ids:
            raise SourceError(f"{file_name}: grade_id {base!r} appears twice.")
    else:
        text = f"{cell.cell_type}\n{cell.source}".encode()
        base = hashlib.sha256(text).hexdigest()[:12]
    used_ids[base] += 1
    return base if used_ids[base] == 1 else f"{base}-{used_ids[base]}"
