"""Where a lesson's files lie."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The checkout: authoring works on an editable installation."""


@dataclass(frozen=True, order=True)
class Lesson:
    """One lesson, which is one nbgrader assignment with one notebook.

    Attributes
    ----------
    assignment : str
        As in ``03-e-step``, the folder.
    root : Path
        The course directory that holds ``solutions``.
    """

    assignment: str
    root: Path = ROOT

    @property
    def name(self):
        """The notebook's name, as in ``e-step``."""
        return self.assignment.split("-", 1)[1]

    @property
    def number(self):
        """The lesson's number, as in 3."""
        return int(self.assignment.split("-", 1)[0])

    @property
    def source(self):
        """The MyST Markdown that a person edits."""
        return self.root / "solutions" / self.assignment / f"{self.name}.md"

    @property
    def wrong_answers(self):
        """The folder of wrong answers to the exercises, and of unusual right ones."""
        return self.source.with_name("wrong_answers")

    @property
    def solution(self):
        """The executed notebook built from the source."""
        return self.source.with_suffix(".ipynb")

    @property
    def release(self):
        """The students' notebook."""
        return self.root / "course" / self.assignment / f"{self.name}.ipynb"


def lessons(root=ROOT):
    """Every lesson that has a source, in order.

    Parameters
    ----------
    root : Path

    Returns
    -------
    list of Lesson
    """
    found = (Lesson(folder.name, root) for folder in (root / "solutions").glob("[0-9][0-9]-*"))
    return sorted(lesson for lesson in found if lesson.source.exists())


def lesson(assignment, root=ROOT):
    """One lesson by its folder's name.

    Parameters
    ----------
    assignment : str
    root : Path

    Returns
    -------
    Lesson

    Raises
    ------
    ValueError
        There is no such lesson.
    """
    known = {each.assignment: each for each in lessons(root)}
    if assignment not in known:
        raise ValueError(f"there is no lesson {assignment!r}; there are {', '.join(known)}.")
    return known[assignment]
