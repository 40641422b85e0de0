"""What broke where a point was lost, read off the graded notebooks of a class."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import nbformat

from em_helpers.grading.exporter import NOTES
from em_helpers.grading.one_answer import law_in
from em_helpers.grading.sandbox.mistakes import form, hint_in

NOTHING_WRITTEN = "NotImplementedError"


@dataclass(frozen=True)
class Lost:
    """A law that some answers to an exercise break.

    Attributes
    ----------
    exercise : str
    law : str
        The law's name, or the exception's.
    students : int
        How many lost the points there.
    known : dict of str to int
        How many of them made a known mistake, by the hint that belongs to it.
    """

    exercise: str
    law: str
    students: int
    known: dict[str, int]


def lost(autograded, assignment, known):
    """The laws at which points were lost, the most frequent first.

    Stubs that were handed in untouched, and files that could not be read, are not counted.

    Parameters
    ----------
    autograded : Path
        nbgrader's folder of graded submissions.
    assignment : str
    known : list of Attempt
        The mistakes that the lesson knows, for notebooks that were graded without a sandbox and
        tell no hint.

    Returns
    -------
    list of Lost
    """
    students, mistakes = Counter(), defaultdict(Counter)
    for path in sorted(Path(autograded).glob(f"*/{assignment}/*.ipynb")):
        for exercise, output, answer in _broken(nbformat.read(path, as_version=4)):
            law = law_in(output)
            students[exercise, law] += 1
            hint = hint_in(output) or _known(known, exercise, answer)
            if hint:
                mistakes[exercise, law][hint] += 1
    return [
        Lost(*place, count, dict(mistakes[place].most_common()))
        for place, count in sorted(students.items(), key=lambda each: (-each[1], each[0]))
    ]


def unreadable(autograded, assignment):
    """Who handed in a file that could not be read, with the note that says why.

    Parameters
    ----------
    autograded : Path
    assignment : str

    Returns
    -------
    dict of str to list of str
    """
    found = {}
    for path in sorted(Path(autograded).glob(f"*/{assignment}/*.ipynb")):
        told = nbformat.read(path, as_version=4).metadata.get(NOTES, {})
        if not told.get("readable", True):
            found[path.parts[-3]] = list(told.get("notes", []))
    return found


def _broken(notebook):
    if not notebook.metadata.get(NOTES, {}).get("readable", True):
        return
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id", ""): cell for cell in notebook.cells}
    for name, cell in cells.items():
        exercise = name.removeprefix("test-")
        if exercise == name:
            continue
        for output in cell.get("outputs", []):
            if output.output_type == "error" and output.ename != NOTHING_WRITTEN:
                yield exercise, output, cells[exercise].source
                break


def _known(known, exercise, answer):
    """The hint of the known mistake that an answer is, but for its layout, or None."""
    for attempt in known:
        wrong = attempt.exercise == exercise and not attempt.right
        if wrong and form(attempt.source) == form(answer):
            return attempt.hint
    return None
