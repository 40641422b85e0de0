"""``python -m em_grader.check_wrong_answers [LESSON ...]``: every attempt against its hidden test.

A quick look for whoever writes exercises, in this process and without a sandbox: for answers of
one's own, never for a student's.
"""

import contextlib
import io
import sys
from dataclasses import dataclass

from em_authoring.attempt import attempts
from em_authoring.lesson import lesson, lessons
from em_authoring.lesson_source import read


@dataclass(frozen=True)
class Verdict:
    """What a hidden test says of an answer.

    Attributes
    ----------
    points, maximum : float
    law : str or None
        The law that broke, or the exception's name.
    message : str or None
        What a student reads.
    """

    points: float
    maximum: float
    law: str | None
    message: str | None


def verdict(notebook, exercise, answer):
    """Run a lesson's first code cell, an answer, and the hidden test of the exercise.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The lesson's source.
    exercise : str
    answer : str
        The whole answer cell.

    Returns
    -------
    Verdict
    """
    imports = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    test = next(cell for cell in notebook.cells if cell["id"] == f"test-{exercise}")
    maximum = float(test.metadata["nbgrader"]["points"])
    names = {"__name__": "__main__"}
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for place, code in (("imports", imports), ("answer", answer), ("test", test.source)):
                exec(compile(code, f"<{place} {exercise}>", "exec"), names)
    except Exception as error:
        law = getattr(error, "law", type(error).__name__)
        return Verdict(0.0, maximum, law, str(error))
    return Verdict(maximum, maximum, None, None)


def main(assignments=()):
    """Print a line an attempt; returns how many did not do as they should.

    Parameters
    ----------
    assignments : list of str
        As 03-e-step; all lessons if none is named.
    """
    surprises = 0
    for chosen in [lesson(each) for each in assignments] or lessons():
        notebook = read(chosen)
        for attempt in attempts(chosen):
            found = verdict(notebook, attempt.exercise, attempt.source)
            fine = found.law == attempt.loses_at
            surprises += not fine
            said = f"{attempt.exercise}: {found.law}  ({attempt.hint})"
            print(f"{'ok' if fine else 'SURPRISE':8} {said}")
            if not fine:
                print(f"         loses_at is {attempt.loses_at!r}; it said {found.message}")
    print(f"{surprises} surprises")
    return surprises


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
