"""Replay one hidden test of one submission, with the details that only the instructor may see."""

from __future__ import annotations

import glob
import logging
import os
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.preprocessors import OverwriteCells

from em_authoring.known_answers import lesson_wrong_answers
from em_grader.course_config import load_course, source_folder
from em_grader.exercise_result import ExerciseResult
from em_grader.nbgrader_plugins.sandbox_execute import SandboxExecute
from em_grader.sandbox.server.grading_server import Server
from em_grader.submissions.cell_roles import describe_cells
from em_grader.submissions.read_submission import read_submission
from em_grader.submissions.rebuild import rebuild

_MAX_PRINTED = 2000


@dataclass(frozen=True)
class Replay:
    """A hidden test that was run again; a failure has its details."""

    student: str
    assignment: str
    result: ExerciseResult

    def __str__(self) -> str:
        """Format for a terminal; nothing in the text moves a cursor."""
        result, failure = self.result, self.result.failure
        lines = [
            f"{self.student}, {self.assignment}, {result.exercise}: "
            f"{result.points:g} of {result.maximum:g} points"
        ]
        if failure is not None and failure.details is not None:
            details = failure.details
            rows = [("told", "\n".join(failure.as_output()["traceback"]))]
            rows += [(f"line {details.line}", details.code)] if details.line else []
            rows += [(f"  {name}", value) for name, value in details.variables.items()]
            rows += [("found by", details.check)] if details.check else []
            rows += [("calls", f"{details.call_count} of the answer, of which the last:")]
            rows += [("  call", call) for call in details.calls]
            printed = details.printed.strip()[:_MAX_PRINTED]
            rows += [("printed", printed)] if printed else []
            for label, text in rows:
                first, *rest = text.split("\n")
                lines += [f"{label:10}{first}", *(f"{'':10}{line}" for line in rest)]
        return "\n".join(map(_printable, lines))


def replay(
    course: Path,
    student: str,
    exercise: str,
    assignment: str | None = None,
    sandbox: str = "auto",
) -> Replay:
    """Run a submission's cells and one of the hidden tests again, as when it was graded.

    The test is the gradebook's, random draws start where they started then, and nothing is written.
    The assignment is needed where the student handed in several lessons with an exercise of that
    name.

    Raises
    ------
    ValueError
        There is no such submission, or no such exercise in it.
    """
    config, directory = load_course(course)
    path = _find_submission(directory, student, exercise, assignment)
    assignment = path.parent.name
    cells = [
        cell
        for cell in describe_cells(_rebuilt(directory, path, student))
        if cell["kind"] != "test" or cell["exercise"] == exercise
    ]
    known_answers = lesson_wrong_answers(source_folder(directory, assignment))
    server = Server(sandbox)
    try:
        limits = SandboxExecute(config=config).limits()
        (result,) = server.explain(cells, limits, known_answers)["results"]
    finally:
        server.stop()
    return Replay(student, assignment, ExerciseResult.from_data(result))


def _printable(line):
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in line
    )


def _find_submission(directory, student, exercise, assignment):
    """The file that a student handed in to the one lesson that has the exercise."""
    folder = directory.format_path(
        directory.submitted_directory, glob.escape(student), assignment or "*"
    )
    submitted = sorted(map(Path, glob.glob(os.path.join(folder, "*.ipynb"))))
    if not submitted:
        raise ValueError(
            f"{student} has handed in nothing{f' to {assignment}' * bool(assignment)}."
        )
    matching = [path for path in submitted if exercise in _exercises(directory, path)]
    if not matching:
        names = sorted({name for path in submitted for name in _exercises(directory, path)})
        raise ValueError(
            f"what {student} handed in has no exercise {exercise!r} with a hidden test; it has "
            f"{', '.join(names)}."
        )
    if len(matching) > 1:
        lessons = ", ".join(path.parent.name for path in matching)
        raise ValueError(f"several lessons have {exercise!r}: say --lesson, one of {lessons}.")
    return matching[0]


def _release(directory, path):
    return Path(
        directory.format_path(directory.release_directory, ".", path.parent.name), path.name
    )


def _exercises(directory, path):
    release = _release(directory, path)
    if not release.exists():
        return set()
    cells = describe_cells(nbformat.read(release, as_version=4))
    return {cell["exercise"] for cell in cells if cell["kind"] == "test"}


def _rebuilt(directory, path, student):
    """The release with the student's answers and the gradebook's tests."""
    release = nbformat.read(_release(directory, path), as_version=4)
    notebook = rebuild(release, read_submission(path)).notebook
    identity = {
        "student": student,
        "assignment": path.parent.name,
        "notebook": path.stem,
        "db_url": directory.db_url,
    }
    log = logging.getLogger(f"{__name__}.overwrite")
    log.setLevel(logging.ERROR)
    return OverwriteCells(log=log).preprocess(notebook, {"nbgrader": identity})[0]
