"""The sample class: ten students, each with a trait of its own, and what they hand in."""

import copy
import json

import nbformat

ENDLESS = "def {name}(*arguments):\n    while True:\n        pass"
SYNTAX = "def {name}(x:\n    return x"
WRITTEN = "An answer in words, which waits for whoever grades by hand."


def submissions(release, known):
    """What each student of the sample class hands in for one lesson.

    Parameters
    ----------
    release : nbformat.NotebookNode
        The students' notebook.
    known : em_authoring.wrong_answers.KnownAnswers
        To that lesson: at least two right ones and a wrong one per exercise.

    Returns
    -------
    dict of str to str
        The text of each student's file.
    """
    first, second = _right(known, 0), _right(known, 1)
    exercises = list(first)
    written = {_grade_id(cell): WRITTEN for cell in release.cells if _is_written(cell)}
    files = {
        "all-right": _filled(release, first | written),
        "other-style": _filled(release, second | written),
        "some-wrong": _filled(release, first | _wrong(known, exercises[::2])),
        "blank": copy.deepcopy(release),
        "syntax-error": _filled(release, first | _broken(SYNTAX, exercises[0])),
        "endless-loop": _filled(release, first | _broken(ENDLESS, exercises[1])),
        "deleted-test": _without(_filled(release, first), f"test-{exercises[0]}"),
        "changed-points": _repriced(_filled(release, _wrong(known, exercises))),
        "duplicated-cell": _duplicated(_filled(release, first), exercises[0]),
    }
    texts = {student: nbformat.writes(notebook) for student, notebook in files.items()}
    return texts | {"empty-file": ""}


def _right(known, which):
    """The first or second right answer to each exercise."""
    by_exercise = {}
    for answer in known.right:
        by_exercise.setdefault(answer.exercise, []).append(answer.source)
    return {exercise: sources[which] for exercise, sources in by_exercise.items()}


def _wrong(known, exercises):
    """The first wrong answer to each of these exercises."""
    first = {}
    for answer in known.wrong:
        if answer.exercise in exercises:
            first.setdefault(answer.exercise, answer.source)
    return first


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
