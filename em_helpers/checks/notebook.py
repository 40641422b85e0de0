"""A student's notebook: where it is, which exercises pass their visible checks, how one begins."""

import re
import subprocess
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import nbformat
from nbclient import NotebookClient

SECONDS = 120
"""What one cell may take."""


class NotFound(ValueError):
    """There is no such lesson, exercise or original; the message says what there is."""


@dataclass(frozen=True)
class Outcome:
    """What became of one exercise.

    Attributes
    ----------
    exercise : str
    state : str
        ``"passes"``, ``"fails"`` or ``"not done"``.
    message : str
        Of a failing check, the last line of what it says; else empty.
    """

    exercise: str
    state: str
    message: str = ""


def find(lesson, folder):
    """The notebook of a lesson.

    Parameters
    ----------
    lesson : str
        A notebook's path, a lesson's folder as ``03-e-step``, or its number.
    folder : Path
        Where to look; also in ``course`` below it.

    Returns
    -------
    Path

    Raises
    ------
    NotFound
        No lesson of that name, or more than one notebook in its folder.
    """
    if lesson.endswith(".ipynb"):
        if not (folder / lesson).is_file():
            raise NotFound(f"there is no notebook {lesson!r} here.")
        return folder / lesson
    lesson = Path(lesson).name
    places = [p for p in (folder / "course", folder, folder.parent) if any(p.glob("[0-9][0-9]-*"))]
    there = sorted(path for path in places[0].glob("[0-9][0-9]-*")) if places else []
    by_number = re.compile(f"0?{re.escape(lesson)}-.*")
    named = [path for path in there if path.name == lesson or by_number.fullmatch(path.name)]
    if not named:
        known = ", ".join(path.name for path in there) or "none"
        raise NotFound(
            f"there is no lesson {lesson!r} here; there are: {known}. Run this in the folder that "
            f"holds the lessons, or give a notebook's path."
        )
    notebooks = sorted(named[0].glob("*.ipynb"))
    if len(notebooks) != 1:
        raise NotFound(
            f"{named[0].name} holds {len(notebooks)} notebooks; give the path of the one you mean."
        )
    return notebooks[0]


def grade_id(cell):
    """The name that nbgrader knows a cell by, or an empty string."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def check(notebook, folder, report=lambda outcome: None):
    """Run a notebook from top to bottom in a fresh kernel and see which visible checks pass.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        It gets outputs; it is not saved.
    folder : Path
        The kernel's working directory.
    report : callable
        Is given each outcome as soon as it is known.

    Returns
    -------
    list of Outcome
    """
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        interrupt_on_timeout=True,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    outcomes = []
    with client.setup_kernel(stderr=subprocess.DEVNULL):
        for place, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                client.execute_cell(cell, place)
                if grade_id(cell).startswith("check-"):
                    outcomes.append(_outcome(cell))
                    report(outcomes[-1])
    return outcomes


def _outcome(cell):
    name = grade_id(cell).removeprefix("check-")
    error = next((each for each in cell.outputs if each.output_type == "error"), None)
    if error is None:
        return Outcome(name, "passes")
    if error.ename == "NotImplementedError":
        return Outcome(name, "not done")
    return Outcome(name, "fails", f"{error.ename}: {error.evalue}")


def original(path):
    """The notebook as it was handed out.

    The students' package brings the originals along. With a checkout, the release in ``course`` is
    the original of copies elsewhere, and git knows that of the release itself.

    Parameters
    ----------
    path : Path
        Of the student's notebook.

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    NotFound
        Neither has it.
    """
    path, package = path.resolve(), Path(str(files("em_helpers")))
    assignment = path.parent.name
    kept = package / "checks" / "originals" / f"{assignment}.ipynb"
    released = package.parent / "course" / assignment / path.name
    for place in (kept, released):
        if place.is_file() and place != path:
            return nbformat.reads(place.read_text("utf-8"), as_version=4)
    try:
        told = subprocess.run(
            ["git", "show", f"HEAD:./{path.name}"],
            cwd=path.parent, capture_output=True, check=True,
        )  # fmt: skip
        return nbformat.reads(told.stdout.decode("utf-8"), as_version=4)
    except (OSError, subprocess.CalledProcessError):
        raise NotFound(
            f"there is no untouched copy of {path.name} in this installation; download the lesson "
            f"anew and copy the cell from there."
        ) from None


def reset(path, exercise):
    """Put one exercise's answer back to its stub; the answer that stood there is kept in a file.

    Parameters
    ----------
    path : Path
        Of the student's notebook, which is rewritten.
    exercise : str

    Returns
    -------
    Path
        Where the old answer is kept.

    Raises
    ------
    NotFound
        The exercise is not one of the lesson's, or its cell is gone from the notebook.
    """
    answers = {
        grade_id(cell): cell
        for cell in original(path).cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    if exercise not in answers:
        raise NotFound(f"there is no exercise {exercise!r}; there are: {', '.join(answers)}.")
    notebook = nbformat.read(path, as_version=4)
    cell = next((each for each in notebook.cells if grade_id(each) == exercise), None)
    if cell is None:
        raise NotFound(f"the answer cell of {exercise} is no longer in {path.name}.")
    suffix = ".py" if cell.cell_type == "code" else ".md"
    kept = _free(path.with_name(f"{exercise}-before-reset{suffix}"))
    kept.write_text(cell.source + "\n", "utf-8")
    cell.source = answers[exercise].source
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    return kept


def _free(path):
    """A name that no file has yet."""
    names = (path.with_stem(f"{path.stem}-{i}") if i > 1 else path for i in range(1, 1000))
    return next(name for name in names if not name.exists())
