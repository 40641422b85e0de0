"""Find a student's notebook and its original version, and reset an answer in it to its stub."""

import re
import subprocess
from importlib.resources import files
from pathlib import Path

import nbformat
from nbformat import NotebookNode


class NotFoundError(ValueError):
    """There is no such lesson, exercise or original; the message lists what there is."""


def find_notebook(lesson: str, folder: Path) -> Path:
    """Return the path of a lesson's notebook.

    Parameters
    ----------
    lesson : str
        A notebook's path, a lesson's folder such as ``03-e-step``, or its number.
    folder : Path
        Where to look, as well as in ``course`` below it and in its parent.

    Raises
    ------
    NotFoundError
        No lesson of that name, or more than one notebook in its folder.
    """
    if lesson.endswith(".ipynb"):
        if not (folder / lesson).is_file():
            raise NotFoundError(f"there is no notebook {lesson!r} here.")
        return folder / lesson
    lesson = Path(lesson).name
    candidates = (folder / "course", folder, folder.parent)
    lessons = next(
        (sorted(p.glob("[0-9][0-9]-*")) for p in candidates if any(p.glob("[0-9][0-9]-*"))), []
    )
    by_number = re.compile(f"0?{re.escape(lesson)}-.*")
    matching = [path for path in lessons if path.name == lesson or by_number.fullmatch(path.name)]
    if not matching:
        known = ", ".join(path.name for path in lessons) or "none"
        raise NotFoundError(
            f"there is no lesson {lesson!r} here; there are: {known}. Run this in the folder that "
            f"holds the lessons, or give a notebook's path."
        )
    notebooks = sorted(matching[0].glob("*.ipynb"))
    if len(notebooks) != 1:
        raise NotFoundError(
            f"{matching[0].name} holds {len(notebooks)} notebooks; give the path of the one you "
            f"mean."
        )
    return notebooks[0]


def grade_id(cell: NotebookNode) -> str:
    """Return the name by which nbgrader knows a cell, or an empty string."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def original_notebook(path: Path) -> NotebookNode:
    """Return a student's notebook, ``path``, as it was handed out.

    The students' package includes the originals. In a checkout, the release in ``course`` is the
    original of copies elsewhere, and git has that of the release itself.

    Raises
    ------
    NotFoundError
        There is no original.
    """
    path, package = path.resolve(), Path(str(files("em_helpers")))
    assignment = path.parent.name
    included = package / "checks" / "originals" / f"{assignment}.ipynb"
    released = package.parent / "course" / assignment / path.name
    for original in (included, released):
        if original.is_file() and original != path:
            return nbformat.reads(original.read_text("utf-8"), as_version=4)
    try:
        committed = subprocess.run(
            ["git", "show", f"HEAD:./{path.name}"],
            cwd=path.parent, capture_output=True, check=True,
        )  # fmt: skip
        return nbformat.reads(committed.stdout.decode("utf-8"), as_version=4)
    except (OSError, subprocess.CalledProcessError):
        raise NotFoundError(
            f"there is no untouched copy of {path.name} in this installation; download the lesson "
            f"anew and copy the cell from there."
        ) from None


def reset_answer(path: Path, exercise: str) -> Path:
    """Replace an exercise's answer by its stub, and return the file that now holds the old answer.

    The student's notebook, ``path``, is rewritten.

    Raises
    ------
    NotFoundError
        The lesson has no such exercise, or the exercise's cell is missing from the notebook.
    """
    stubs = {
        grade_id(cell): cell.source
        for cell in original_notebook(path).cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    if exercise not in stubs:
        raise NotFoundError(f"there is no exercise {exercise!r}; there are: {', '.join(stubs)}.")
    notebook = nbformat.read(path, as_version=4)
    cell = next((cell for cell in notebook.cells if grade_id(cell) == exercise), None)
    if cell is None:
        raise NotFoundError(f"the answer cell of {exercise} is no longer in {path.name}.")
    suffix = ".py" if cell.cell_type == "code" else ".md"
    backup = _unused(path.with_name(f"{exercise}-before-reset{suffix}"))
    backup.write_text(cell.source + "\n", "utf-8")
    cell.source = stubs[exercise]
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    return backup


def _unused(path: Path) -> Path:
    """Return a path like this one that no file has yet."""
    paths = (path.with_stem(f"{path.stem}-{i}") if i > 1 else path for i in range(1, 1000))
    return next(candidate for candidate in paths if not candidate.exists())
