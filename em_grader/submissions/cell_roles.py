"""The role of each cell: text, provided code, answer, visible check, hidden test, or added."""

from collections.abc import Mapping
from typing import Any

import nbformat

from em_grader.sandbox.message_types import Cell, Kind

HIDDEN = "BEGIN HIDDEN TESTS"
ALLOWLIST_TAG = "may-call:"
"""A tag of a test cell: ``may-call:log_sum_exp`` allows calls of that function of the reference.

It holds for the visible check of the exercise as well.
"""


def describe_cells(notebook: nbformat.NotebookNode) -> list[Cell]:
    """Describe the cells of a rebuilt submission or a lesson for the trusted grader."""
    cells = [_described(cell) for cell in notebook.cells]
    allowlists = {cell["exercise"]: cell["allowlisted"] for cell in cells if cell["kind"] == "test"}
    for cell in cells:
        if cell["kind"] == "check":
            cell["allowlisted"] = allowlists.get(cell["exercise"], [])
    return cells


def is_test(cell: nbformat.NotebookNode) -> bool:
    """Whether a cell holds the tests of an exercise, visible or hidden."""
    marking = cell.metadata.get("nbgrader", {})
    return marking.get("grade", False) and not marking.get("solution", False)


def _described(cell: nbformat.NotebookNode) -> Cell:
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


def _kind(cell: nbformat.NotebookNode, marking: Mapping[str, Any]) -> Kind:
    if cell.cell_type != "code":
        return "text"
    if cell.metadata.get("em_grader", {}).get("from") == "student":
        return "added"
    if marking.get("solution", False):
        return "answer"
    if not is_test(cell):
        return "provided"
    return "test" if marking.get("points") or HIDDEN in cell.source else "check"
