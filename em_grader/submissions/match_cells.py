"""Match the cells of a submission with those of the release."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

from em_grader.submissions.read_submission import SubmittedCell


@dataclass
class CellMatches:
    """Which submitted cell belongs to which cell of the release.

    ``positions`` has for each submitted cell the index of its cell in the release, None for a cell
    that the student added; ``answers`` has for the index of an answer cell in the release the index
    of the submitted cell to take. ``notes`` say in whole sentences what was noticed.
    """

    positions: list[int | None]
    answers: dict[int, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def copies(self, position: int) -> list[int]:
        """The indices of the submitted cells that belong to one cell of the release."""
        return [number for number, at in enumerate(self.positions) if at == position]


def match_cells(
    release_cells: Sequence[NotebookNode], submitted: Sequence[SubmittedCell]
) -> CellMatches:
    """Match by grade id, else by cell id, else by source; choose one of several answers."""
    matches = CellMatches(_positions(release_cells, submitted))
    for position, cell in enumerate(release_cells):
        if is_answer(cell):
            number = _choose_answer(cell, submitted, matches, position)
            if number is not None:
                matches.answers[position] = number
    _note_missing_and_changed(release_cells, submitted, matches)
    return matches


def grade_id(cell: NotebookNode) -> str | None:
    """nbgrader's name of a cell of the release, or None."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def is_answer(cell: NotebookNode) -> bool:
    """Whether a cell of the release is one that students fill in."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution", False))


def _positions(
    release_cells: Sequence[NotebookNode], submitted: Sequence[SubmittedCell]
) -> list[int | None]:
    by_grade_id = {grade_id(cell): i for i, cell in enumerate(release_cells) if grade_id(cell)}
    by_cell_id = {cell["id"]: i for i, cell in enumerate(release_cells)}
    by_source: dict[str, int] = {}
    for i, cell in enumerate(release_cells):
        by_source.setdefault(cell.source.strip(), i)

    def position(cell: SubmittedCell) -> int | None:
        if cell.grade_id in by_grade_id:
            return by_grade_id[cell.grade_id]
        if cell.grade_id is None and cell.cell_id in by_cell_id:
            return by_cell_id[cell.cell_id]
        return by_source.get(cell.source.strip())

    return [position(cell) for cell in submitted]


def _choose_answer(
    cell: NotebookNode,
    submitted: Sequence[SubmittedCell],
    matches: CellMatches,
    position: int,
) -> int | None:
    """The submitted cell to take for an answer: of several, the last one that was edited."""
    copies = matches.copies(position)
    if len(copies) > 1:
        matches.notes.append(
            f"The answer cell {grade_id(cell)} is there {len(copies)} times; "
            f"the last one that was edited counts."
        )
    edited = [n for n in copies if submitted[n].source.strip() != cell.source.strip()]
    unmarked = [] if copies else _added_definitions(grade_id(cell), submitted, matches)
    chosen = (edited or unmarked or copies)[-1:]
    return chosen[0] if chosen else None


def _added_definitions(
    name: str | None, submitted: Sequence[SubmittedCell], matches: CellMatches
) -> list[int]:
    """Added cells that define the function of a missing answer cell."""
    return [
        number
        for number, cell in enumerate(submitted)
        if matches.positions[number] is None and name in _defined_functions(cell.source)
    ]


def _defined_functions(source: str) -> set[str]:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {node.name for node in body if isinstance(node, ast.FunctionDef)}


def _note_missing_and_changed(
    release_cells: Sequence[NotebookNode],
    submitted: Sequence[SubmittedCell],
    matches: CellMatches,
) -> None:
    for position, cell in enumerate(release_cells):
        name, copies = grade_id(cell), matches.copies(position)
        if not name:
            continue
        if not copies and position in matches.answers:
            matches.notes.append(
                f"The answer cell {name} had lost its marking; a cell that defines {name} was "
                f"taken in its place."
            )
        elif not copies and is_answer(cell):
            matches.notes.append(f"The answer cell {name} is missing: graded as unanswered.")
        elif not copies:
            matches.notes.append(f"The cell {name} is missing: the original was put back.")
        elif not is_answer(cell):
            if any(submitted[n].source.strip() != cell.source.strip() for n in copies):
                matches.notes.append(f"The cell {name} was changed: the original was used.")
            if len(copies) > 1:
                matches.notes.append(
                    f"The cell {name} is there {len(copies)} times: the original was used once."
                )
