"""A submission made anew: every cell from the release, the answers from the student.

Whatever was done to the other cells of a submission (deleted, moved, duplicated, retyped, given
other metadata) is undone by this, and said in a note.
"""

import ast
import copy
from collections import defaultdict
from dataclasses import dataclass, field

from nbformat.v4 import new_code_cell, new_markdown_cell

MOST_CELLS = 2000
MOST_ADDED = 300
LONGEST_CELL = 100_000
"""Characters of one cell: what a notebook's analysis takes grows with it."""

STUDENT = {"em_grader": {"from": "student"}}
"""Metadata of cells that a student added: what marks code as foreign outside answer cells."""


@dataclass
class Rebuilt:
    """A notebook ready for grading, and what was noticed on the way.

    Attributes
    ----------
    notebook : nbformat.NotebookNode
    notes : list of str
        For student and instructor, in whole sentences.
    """

    notebook: object
    notes: list = field(default_factory=list)


def rebuild(release, submitted):
    """Put a student's answers and added cells into a copy of the release.

    Parameters
    ----------
    release : nbformat.NotebookNode
        The students' notebook as it was given out.
    submitted : list of SubmittedCell

    Returns
    -------
    Rebuilt
    """
    rebuilt = Rebuilt(copy.deepcopy(release))
    cells = rebuilt.notebook.cells
    submitted = _within_limits(rebuilt, submitted)
    places = _match(cells, submitted)
    answers = _answers(rebuilt, submitted, places)
    _note_what_is_missing(rebuilt, submitted, places, answers)
    before, after = _added(cells, submitted, places, set(answers.values()))
    for place, number in answers.items():
        cells[place].source = submitted[number].source
        if cells[place].cell_type == "markdown" and submitted[number].attachments:
            cells[place]["attachments"] = submitted[number].attachments
    rebuilt.notebook.cells = after[-1] + [
        each for place, cell in enumerate(cells) for each in (*before[place], cell, *after[place])
    ]
    added = [cell for cell in rebuilt.notebook.cells if "em_grader" in cell.metadata]
    if len(added) > MOST_ADDED:
        rebuilt.notes.append(
            f"Of the {len(added)} cells that were added, the first {MOST_ADDED} were taken."
        )
        left_out = set(map(id, added[MOST_ADDED:]))
        rebuilt.notebook.cells = [c for c in rebuilt.notebook.cells if id(c) not in left_out]
    for number, cell in enumerate(added):
        cell["id"] = f"added-{number}"
    return rebuilt


def _within_limits(rebuilt, submitted):
    """The submitted cells without those that are too long or too many."""
    kept = [cell for cell in submitted[:MOST_CELLS] if len(cell.source) <= LONGEST_CELL]
    if len(kept) < len(submitted):
        rebuilt.notes.append(
            f"{len(submitted) - len(kept)} cells were left out: a notebook may have {MOST_CELLS} "
            f"cells of {LONGEST_CELL} characters each."
        )
    return kept


def _match(cells, submitted):
    """The place in the release of each submitted cell, or None: by grade id, cell id or text."""
    by_grade = {_grade_id(cell): place for place, cell in enumerate(cells) if _grade_id(cell)}
    by_id = {cell["id"]: place for place, cell in enumerate(cells)}
    by_text = {}
    for place, cell in enumerate(cells):
        by_text.setdefault(cell.source.strip(), place)
    places = []
    for cell in submitted:
        place = by_grade.get(cell.grade_id)
        if place is None and cell.grade_id is None:
            place = by_id.get(cell.cell_id)
        if place is None:
            place = by_text.get(cell.source.strip())
        places.append(place)
    return places


def _answers(rebuilt, submitted, places):
    """For each answer cell of the release, the submitted cell to take: the last that was edited."""
    cells, answers = rebuilt.notebook.cells, {}
    for place, cell in enumerate(cells):
        if not _is_answer(cell):
            continue
        candidates = [number for number, at in enumerate(places) if at == place]
        if len(candidates) > 1:
            rebuilt.notes.append(
                f"The answer cell {_grade_id(cell)} is there {len(candidates)} times; "
                f"the last one that was edited counts."
            )
        edited = [n for n in candidates if submitted[n].source.strip() != cell.source.strip()]
        unmarked = [] if candidates else _unmarked(cell, submitted, places)
        chosen = (edited or unmarked or candidates)[-1:]
        if chosen:
            answers[place] = chosen[0]
    return answers


def _unmarked(cell, submitted, places):
    """Added cells that define the function whose answer cell is missing."""
    return [
        number
        for number, other in enumerate(submitted)
        if places[number] is None and _grade_id(cell) in _functions(other.source)
    ]


def _functions(source):
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {node.name for node in body if isinstance(node, ast.FunctionDef)}


def _note_what_is_missing(rebuilt, submitted, places, answers):
    for place, cell in enumerate(rebuilt.notebook.cells):
        grade_id = _grade_id(cell)
        if not grade_id:
            continue
        if place not in places and place in answers:
            rebuilt.notes.append(
                f"The answer cell {grade_id} had lost its marking; a cell that defines "
                f"{grade_id} was taken in its place."
            )
        elif place not in places and _is_answer(cell):
            rebuilt.notes.append(f"The answer cell {grade_id} is missing: graded as unanswered.")
        elif place not in places:
            rebuilt.notes.append(f"The cell {grade_id} is missing: the original was put back.")
        elif not _is_answer(cell):
            copies = [submitted[n] for n, at in enumerate(places) if at == place]
            if any(copy.source.strip() != cell.source.strip() for copy in copies):
                rebuilt.notes.append(f"The cell {grade_id} was changed: the original was used.")
            if len(copies) > 1:
                rebuilt.notes.append(
                    f"The cell {grade_id} is there {len(copies)} times: the original was used once."
                )


def _added(cells, submitted, places, taken):
    """What to run or show besides the release's own cells, before and after each of them.

    A student's own cells stay where they stood; an earlier, edited copy of an answer runs before
    the answer; the changed text of a given cell runs after the original, since an import that was
    added there may be what an answer needs.
    """
    before, after, anchor = defaultdict(list), defaultdict(list), -1
    for number, (cell, place) in enumerate(zip(submitted, places, strict=True)):
        anchor = anchor if place is None else max(anchor, place)
        if number in taken or not cell.source.strip():
            continue
        if place is None:
            after[anchor].append(_student_cell(cell))
        elif cell.source.strip() != cells[place].source.strip() and _is_open(cells[place]):
            side = before if _is_answer(cells[place]) else after
            side[place].append(_student_cell(cell))
    return before, after


def _student_cell(cell):
    if cell.kind == "code":
        return new_code_cell(cell.source, metadata=copy.deepcopy(STUDENT))
    return new_markdown_cell(
        cell.source, metadata=copy.deepcopy(STUDENT), attachments=cell.attachments
    )


def _is_open(cell):
    """Code that students may change: answers and given cells, not checks and tests."""
    return cell.cell_type == "code" and (_is_answer(cell) or not _grade_id(cell))


def _grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _is_answer(cell):
    return cell.metadata.get("nbgrader", {}).get("solution", False)
