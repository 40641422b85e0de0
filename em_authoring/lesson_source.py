"""Reading a lesson's Markdown as a notebook: cell ids derived, metadata down to what counts."""

import hashlib
import re

import jupytext

GRADING_CELL = {"schema_version": 3, "grade": False, "solution": False, "locked": False}
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class SourceError(ValueError):
    """A lesson's source does not keep the course's rules."""


def read(lesson):
    """The notebook that a lesson's source says, without outputs.

    nbgrader's cell metadata is written short in the source: what is left out has the value that
    nbgrader's own editor gives it, and the cell type is the cell's own.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    SourceError
        A grade id that appears twice or does not fit its cell.
    """
    notebook = jupytext.read(lesson.source, fmt="md:myst")
    notebook.metadata.clear()
    notebook.metadata.update({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    seen = {}
    for cell in notebook.cells:
        cell.metadata = {
            key: value for key, value in cell.metadata.items() if key in ("nbgrader", "tags")
        }
        if "nbgrader" in cell.metadata:
            _complete(cell, lesson)
        cell["id"] = _cell_id(cell, seen, lesson)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _complete(cell, lesson):
    short = cell.metadata["nbgrader"]
    grade_id = short.get("grade_id", "")
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", grade_id):
        raise SourceError(f"{lesson.source.name}: grade_id {grade_id!r}; lower case, as test-f.")
    full = GRADING_CELL | {"task": False, "cell_type": cell.cell_type} | dict(short)
    if full["grade"] and "points" not in full:
        raise SourceError(f"{lesson.source.name}: {grade_id} is graded but has no points.")
    cell.metadata["nbgrader"] = {key: full[key] for key in sorted(full)}


def _cell_id(cell, seen, lesson):
    """The grade id, or a digest of the cell's text: text formats store no ids."""
    if "nbgrader" in cell.metadata:
        base = cell.metadata["nbgrader"]["grade_id"]
        if base in seen:
            raise SourceError(f"{lesson.source.name}: grade_id {base!r} appears twice.")
    else:
        text = f"{cell.cell_type}\n{cell.source}".encode()
        base = hashlib.sha256(text).hexdigest()[:12]
    seen[base] = seen.get(base, 0) + 1
    return base if seen[base] == 1 else f"{base}-{seen[base]}"
