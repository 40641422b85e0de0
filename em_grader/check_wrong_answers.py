"""``python -m em_grader.check_wrong_answers [LESSON ...]``: each listed answer against its test.

A quick look for whoever writes exercises, in this process and without a sandbox: for answers of
one's own, never for a student's.
"""

import contextlib
import io
import sys
from dataclasses import dataclass

import nbformat

from em_authoring.known_answers import (
    RightAnswer,
    WrongAnswer,
    read_wrong_answers,
    reference_answers,
)
from em_authoring.lesson_paths import all_lessons, find_lesson
from em_authoring.lesson_source import read_lesson_source


@dataclass(frozen=True)
class Verdict:
    """What a hidden test says of an answer."""

    points: float
    maximum: float
    law: str | None  # that broke, or the exception's name
    message: str | None  # what a student reads


def verdict(notebook: nbformat.NotebookNode, exercise: str, answer: str) -> Verdict:
    """Run a lesson's first code cell, an answer cell, and the hidden test of the exercise."""
    imports = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    test = next(cell for cell in notebook.cells if cell["id"] == f"test-{exercise}")
    maximum = float(test.metadata["nbgrader"]["points"])
    names = {"__name__": "__main__"}
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for part, code in (("imports", imports), ("answer", answer), ("test", test.source)):
                exec(compile(code, f"<{part} {exercise}>", "exec"), names)
    except Exception as error:
        law = getattr(error, "law", type(error).__name__)
        return Verdict(0.0, maximum, law, str(error))
    return Verdict(maximum, maximum, None, None)


def main(assignments: list[str] | tuple[str, ...] = ()) -> int:
    """Print one line per listed answer of some lessons, by default of all of them.

    Returns how many do not do as they should.
    """
    surprises = 0
    for chosen in [find_lesson(name) for name in assignments] or all_lessons():
        notebook = read_lesson_source(chosen)
        known = read_wrong_answers(chosen.wrong_answers, reference_answers(notebook))
        expected: list[tuple[WrongAnswer | RightAnswer, str | None, str]]
        expected = [(answer, answer.law, answer.hint) for answer in known.wrong]
        expected += [(answer, None, answer.remark) for answer in known.right]
        for answer, law, comment in expected:
            outcome = verdict(notebook, answer.exercise, answer.source)
            fine = outcome.law == law
            surprises += not fine
            print(f"{'ok' if fine else 'SURPRISE':8} {answer.exercise}: {outcome.law}  ({comment})")
            if not fine:
                print(f"         {answer.place} expects {law!r}; the test says {outcome.message}")
    print(f"{surprises} surprises")
    return surprises


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
