"""Rebuild a submission: every cell from the release, the answers from the student.

Whatever was done to the other cells of a submission (deleted, moved, duplicated, retyped, given
other metadata) is undone, and a note says so.
"""

import copy
import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from em_grader.submissions.match_cells import CellMatches, grade_id, is_answer, match_cells
from em_grader.submissions.read_submission import SubmittedCell

MOST_CELLS = 2000
"""The number of submitted cells that are read."""
MOST_ADDED = 300
"""The number of cells that a student may add."""
LONGEST_CELL = 100_000
"""Characters of one cell: the time that it takes to analyse a notebook grows with it."""

STUDENT = {"em_grader": {"from": "student"}}
"""Metadata of cells that a student added, which mark untrusted code outside answer cells."""


@dataclass
class RebuiltNotebook:
    """A notebook that is ready for grading."""

    notebook: NotebookNode
    notes: list[str] = field(default_factory=list)
    """What was noticed while rebuilding, for student and instructor, in whole sentences."""


def rebuild(release: NotebookNode, submitted: Sequence[SubmittedCell]) -> RebuiltNotebook:
    """Put a student's answers and added cells into a copy of the release."""
    notebook = copy.deepcopy(release)
    cells = notebook.cells
    submitted, notes = _within_limits(submitted)
    matches = match_cells(cells, submitted)
    notes += matches.notes
    before, after = _student_cells(cells, submitted, matches)
    for position, number in matches.answers.items():
        cells[position].source = submitted[number].source
        if cells[position].cell_type == "markdown" and submitted[number].attachments:
            cells[position]["attachments"] = submitted[number].attachments
    notebook.cells = after[-1] + [
        inserted
        for position, cell in enumerate(cells)
        for inserted in (*before[position], cell, *after[position])
    ]
    notes += _limit_and_name_added_cells(notebook)
    return RebuiltNotebook(notebook, notes)


def _within_limits(
    submitted: Sequence[SubmittedCell],
) -> tuple[list[SubmittedCell], list[str]]:
    """The submitted cells without those that are too long or too many, and a note about them."""
    kept = [cell for cell in submitted[:MOST_CELLS] if len(cell.source) <= LONGEST_CELL]
    if len(kept) == len(submitted):
        return kept, []
    return kept, [
        f"{len(submitted) - len(kept)} cells were left out: a notebook may have {MOST_CELLS} "
        f"cells of {LONGEST_CELL} characters each."
    ]


def _student_cells(
    cells: Sequence[NotebookNode], submitted: Sequence[SubmittedCell], matches: CellMatches
) -> tuple[Mapping[int, list[NotebookNode]], Mapping[int, list[NotebookNode]]]:
    """The student's own cells to insert before and after each cell of the release.

    Added cells stay where they stood. An earlier, edited copy of an answer runs before the answer.
    The changed text of a provided cell runs after the original, since an answer may need an import
    that was added there. Cells that stood before the release's first one are at index -1.
    """
    before: defaultdict[int, list[NotebookNode]] = defaultdict(list)
    after: defaultdict[int, list[NotebookNode]] = defaultdict(list)
    answers, anchor = set(matches.answers.values()), -1
    for number, (cell, position) in enumerate(zip(submitted, matches.positions, strict=True)):
        anchor = anchor if position is None else max(anchor, position)
        if number in answers or not cell.source.strip():
            continue
        if position is None:
            after[anchor].append(_student_cell(cell))
        elif cell.source.strip() != cells[position].source.strip() and _is_open(cells[position]):
            side = before if is_answer(cells[position]) else after
            side[position].append(_student_cell(cell))
    return before, after


def _limit_and_name_added_cells(notebook: NotebookNode) -> list[str]:
    """Remove added cells beyond the limit and number the others."""
    notes = []
    added = [cell for cell in notebook.cells if "em_grader" in cell.metadata]
    if len(added) > MOST_ADDED:
        notes.append(
            f"Of the {len(added)} cells that were added, the first {MOST_ADDED} were taken."
        )
        left_out = {id(cell) for cell in added[MOST_ADDED:]}
        notebook.cells = [cell for cell in notebook.cells if id(cell) not in left_out]
    for number, cell in enumerate(added[:MOST_ADDED]):
        cell["id"] = f"added-{number}"
    return notes


def _student_cell(cell: SubmittedCell) -> NotebookNode:
    metadata = copy.deepcopy(STUDENT)
    if cell.kind == "code":
        return new_code_cell(cell.source, metadata=metadata)
    return new_markdown_cell(cell.source, metadata=metadata, attachments=cell.attachments)


def _is_open(cell: NotebookNode) -> bool:
    """Whether students may change a cell's code: answers and provided cells, not tests."""
    return cell.cell_type == "code" and (is_answer(cell) or not grade_id(cell))


def read_release(path: Path) -> NotebookNode:
    """A released notebook, read once per process while the file does not change.

    Its cells have ids, as since nbformat 4.5. It is shared: copy it before changing it.
    """
    return _read(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=4)
def _read(path: Path, _modified: int) -> NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    if notebook.nbformat_minor < 5:
        for number, cell in enumerate(notebook.cells):
            cell["id"] = f"cell-{number}"
        notebook.nbformat_minor = 5
    return notebook
