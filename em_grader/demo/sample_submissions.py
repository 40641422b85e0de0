"""The sample class: ten students, each with a trait of its own, and what they hand in."""

import copy
import json

import nbformat

ENDLESS = "def {name}(*arguments):\n    while True:\n        pass"
SYNTAX = "def {name}(x:\n    return x"
WRITTEN = "An answer in words, which waits for whoever grades by hand."


def submissions(release, attempts):
    """What each student of the sample class hands in for one lesson.

    Parameters
    ----------
    release : nbformat.NotebookNode
        The students' notebook.
    attempts : list of Attempt
        At that lesson: at least two right ones and a wrong one an exercise.

    Returns
    -------
    dict of str to str
        The text of each student's file.
    """
    first, second = _right(attempts, 0), _right(attempts, 1)
    exercises = list(first)
    written = {_grade_id(cell): WRITTEN for cell in release.cells if _is_written(cell)}
    files = {
        "all-right": _filled(release, first | written),
        "other-style": _filled(release, second | written),
        "some-wrong": _filled(release, first | _wrong(attempts, exercises[::2])),
        "blank": copy.deepcopy(release),
        "syntax-error": _filled(release, first | _broken(SYNTAX, exercises[0])),
        "endless-loop": _filled(release, first | _broken(ENDLESS, exercises[1])),
        "deleted-test": _without(_filled(release, first), f"test-{exercises[0]}"),
        "changed-points": _repriced(_filled(release, _wrong(attempts, exercises))),
        "duplicated-cell": _duplicated(_filled(release, first), exercises[0]),
    }
    texts = {student: nbformat.writes(notebook) for student, notebook in files.items()}
    return texts | {"empty-file": ""}


def _right(attempts, which):
    """The first or second right answer to each exercise."""
    found = {}
    for attempt in attempts:
        if attempt.right:
            found.setdefault(attempt.exercise, []).append(attempt.source)
    return {exercise: sources[which] for exercise, sources in found.items()}


def _wrong(attempts, exercises):
    """The first wrong answer to each of these exercises."""
    found = {}
    for attempt in attempts:
        if not attempt.right and attempt.exercise in exercises:
            found.setdefault(attempt.exercise, attempt.source)
    return found


def _broken(pattern, exercise):
    return {exercise: pattern.format(name=exercise)}


def _filled(release, answers):
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        if _grade_id(cell) in answers:
            cell.source = answers[_grade_id(cell)]
    return notebook


def _without(notebook, grade_id):
    notebook.cells = [cell for cell in notebook.cells if _grade_id(cell) != grade_id]
    return notebook


def _repriced(notebook):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata["nbgrader"]["points"] = 100
    return notebook


def _duplicated(notebook, grade_id):
    """The answer cell stands twice, under one grade id and one cell id."""
    place = next(i for i, cell in enumerate(notebook.cells) if _grade_id(cell) == grade_id)
    notebook.cells.insert(place + 1, copy.deepcopy(notebook.cells[place]))
    return nbformat.from_dict(json.loads(json.dumps(notebook)))


def _is_written(cell):
    return cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("solution")


def _grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")
