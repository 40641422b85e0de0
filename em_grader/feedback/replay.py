"""One hidden test of one submission again, for the instructor's eyes alone."""

import glob
import logging
import os
from pathlib import Path

import nbformat
from nbgrader.preprocessors import OverwriteCells

from em_authoring.wrong_answers import lesson_wrong_answers
from em_grader.course_config import configured
from em_grader.grade_answer import score
from em_grader.nbgrader_plugins.sandbox_execute import SandboxExecute
from em_grader.sandbox import Server
from em_grader.submissions.cell_roles import describe_cells
from em_grader.submissions.read_submission import read_submission
from em_grader.submissions.rebuild import rebuild


def replay(course, student, exercise, assignment=None, sandbox="auto"):
    """Run a submission's cells and one of the hidden tests, as when it was graded.

    The test is the gradebook's, random draws start where they started then, and nothing is
    written.

    Parameters
    ----------
    course : Path
    student, exercise : str
    assignment : str, optional
        Where the student handed in several lessons with an exercise of that name.
    sandbox : str
        As ``em_grader.sandbox.Server`` takes it.

    Returns
    -------
    dict
        ``lesson``; ``points`` and ``max``; ``law``, what broke, or None; ``message``, what the
        student reads; ``hint`` or None; ``details``, as ``sandbox.details.details`` gives them,
        None if nothing was lost.

    Raises
    ------
    ValueError
        There is no such submission, or no such exercise in it.
    """
    config, directory = configured(course)
    path = _submitted(directory, student, exercise, assignment)
    lesson = path.parent.name
    known = lesson_wrong_answers(
        Path(directory.format_path(directory.source_directory, ".", lesson))
    )
    cells = describe_cells(_rebuilt(directory, path, student, lesson), known)
    kept = [c for c in cells if c["kind"] != "test" or c["name"] == exercise]
    place = next(i for i, each in enumerate(kept) if each["kind"] == "test")
    server = Server(sandbox)
    try:
        result = server.explain(kept, SandboxExecute(config=config).limits())
    finally:
        server.stop()
    maximum, outputs = kept[place]["points"], result["outputs"][place]
    points, law, hint = score(outputs, maximum)
    message = None if law is None else "\n".join(outputs[-1]["traceback"])
    return {
        "lesson": lesson,
        "points": points,
        "max": maximum,
        "law": law,
        "message": message,
        "hint": hint,
        "details": result["details"].get(exercise),
    }


def as_text(student, exercise, found):
    """What ``replay`` found, for a terminal: nothing in it moves a cursor.

    Parameters
    ----------
    student, exercise : str
    found : dict

    Returns
    -------
    str
    """
    lines = [
        f"{student}, {found['lesson']}, {exercise}: {found['points']:g} of {found['max']:g} points"
    ]
    if found["law"] is not None:
        known = found["details"]
        rows = [("told", found["message"])]
        rows += [(f"line {known['line']}", known["code"])] if known["line"] else []
        rows += [(f"  {name}", value) for name, value in known["names"].items()]
        rows += [("found by", known["check"])] if known["check"] else []
        rows += [("calls", f"{known['count']} of the answer, of which the last:")]
        rows += [("  call", each) for each in known["calls"]]
        rows += [("printed", known["printed"].strip()[:2000])] if known["printed"].strip() else []
        for name, text in rows:
            first, *rest = text.split("\n")
            lines += [f"{name:10}{first}", *(f"{'':10}{line}" for line in rest)]
    return "\n".join(map(_printable, lines))


def _printable(line):
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line)


def _submitted(directory, student, exercise, assignment):
    """The file that a student handed in, of the one lesson that has the exercise."""
    folder = directory.format_path(
        directory.submitted_directory, glob.escape(student), assignment or "*"
    )
    handed_in = sorted(map(Path, glob.glob(os.path.join(folder, "*.ipynb"))))
    if not handed_in:
        raise ValueError(
            f"{student} has handed in nothing{f' to {assignment}' * bool(assignment)}."
        )
    found = [path for path in handed_in if exercise in _exercises(directory, path)]
    if not found:
        names = sorted({name for path in handed_in for name in _exercises(directory, path)})
        raise ValueError(
            f"what {student} handed in has no exercise {exercise!r} with a hidden test; it has "
            f"{', '.join(names)}."
        )
    if len(found) > 1:
        lessons = ", ".join(path.parent.name for path in found)
        raise ValueError(f"several lessons have {exercise!r}: say --lesson, one of {lessons}.")
    return found[0]


def _release(directory, path):
    return Path(
        directory.format_path(directory.release_directory, ".", path.parent.name), path.name
    )


def _exercises(directory, path):
    release = _release(directory, path)
    if not release.exists():
        return set()
    cells = describe_cells(nbformat.read(release, as_version=4))
    return {cell["name"] for cell in cells if cell["kind"] == "test"}


def _rebuilt(directory, path, student, lesson):
    """The release with the student's answers and the gradebook's tests."""
    release = nbformat.read(_release(directory, path), as_version=4)
    notebook = rebuild(release, read_submission(path)).notebook
    place = {
        "student": student,
        "assignment": lesson,
        "notebook": path.stem,
        "db_url": directory.db_url,
    }
    silent = logging.getLogger(f"{__name__}.overwrite")
    silent.setLevel(logging.ERROR)
    return OverwriteCells(log=silent).preprocess(notebook, {"nbgrader": place})[0]
