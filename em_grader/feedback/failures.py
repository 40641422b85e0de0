"""What broke where a point was lost, read off the graded notebooks of a class."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.utils import compute_checksum

from em_grader.grade_answer import law_in
from em_grader.sandbox.referee.misconceptions import form, hint_in
from em_grader.submissions.notes import NOTES

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
    candidates : list of str
        The hints of other known mistakes that break this law.
    who : list of str
        The students.
    """

    exercise: str
    law: str
    students: int
    known: dict[str, int]
    candidates: list[str]
    who: list[str]


def lost(autograded, assignment, known):
    """The laws at which points were lost, the most frequent first.

    Stubs that were handed in untouched, and files that could not be read, are not counted.

    Parameters
    ----------
    autograded : Path
        nbgrader's folder of graded submissions.
    assignment : str
    known : sequence of em_authoring.wrong_answers.WrongAnswer
        The mistakes that the lesson knows; for notebooks that were graded without a sandbox, which
        tell no hint, and for the candidates.

    Returns
    -------
    list of Lost
    """
    students, mistakes = defaultdict(list), defaultdict(Counter)
    for student, notebook in _graded(autograded, assignment):
        for exercise, output, answer in broken(notebook):
            if output.ename == NOTHING_WRITTEN:
                continue
            law = law_in(output)
            students[exercise, law].append(student)
            hint = hint_in(output) or _known(known, exercise, answer)
            if hint:
                mistakes[exercise, law][hint] += 1
    found = []
    for place, who in sorted(students.items(), key=lambda each: (-len(each[1]), each[0])):
        met = dict(mistakes[place].most_common())
        others = [wrong.hint for wrong in known if (wrong.exercise, wrong.law) == place]
        candidates = [hint for hint in dict.fromkeys(others) if hint not in met]
        found.append(Lost(*place, len(who), met, candidates, who))
    return found


def untouched(autograded, assignment):
    """How many left an exercise as it was handed out.

    Parameters
    ----------
    autograded : Path
    assignment : str

    Returns
    -------
    collections.Counter
        By the exercise's name.
    """
    found = Counter()
    for _, notebook in _graded(autograded, assignment):
        found.update(
            exercise for exercise, output, _ in broken(notebook) if output.ename == NOTHING_WRITTEN
        )
        found.update(
            grade_id
            for grade_id, cell in _cells(notebook).items()
            if cell.cell_type == "markdown"
            and cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
        )
    return found


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


def _graded(autograded, assignment):
    """Who handed in what could be read, and the graded notebook."""
    for path in sorted(Path(autograded).glob(f"*/{assignment}/*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        if notebook.metadata.get(NOTES, {}).get("readable", True):
            yield path.parts[-3], notebook


def _cells(notebook):
    return {
        cell.metadata.nbgrader["grade_id"]: cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id")
    }


def broken(notebook):
    """Each exercise that was lost, the output that says at what, and the answer.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        As graded.

    Yields
    ------
    tuple of str, dict, str
    """
    cells = _cells(notebook)
    for name, cell in cells.items():
        exercise = name.removeprefix("test-")
        if exercise == name:
            continue
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield exercise, output, cells[exercise].source
                break


def _known(known, exercise, answer):
    """The hint of the known mistake that an answer is, but for its layout, or None."""
    for wrong in known:
        if wrong.exercise == exercise and form(wrong.source) == form(answer):
            return wrong.hint
    return None
