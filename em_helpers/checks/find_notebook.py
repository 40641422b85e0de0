"""Find a student's notebook, the cells of an exercise in it, and its original version."""

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
    """Return a student's notebook as it was handed out.

    The students' package includes the originals. In a checkout, the release in ``course`` is the
    original of copies elsewhere, and git has that of the release itself.

    Parameters
    ----------
    path : Path
        The student's notebook.

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
