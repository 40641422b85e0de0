"""The lessons of the course and the paths of their files."""

from dataclasses import dataclass
from pathlib import Path

from em_authoring.nbgrader_release_config import RELEASE_FOLDER, SOURCE_FOLDER

ROOT = Path(__file__).resolve().parents[1]
"""The checkout; authoring needs an editable installation."""


@dataclass(frozen=True, order=True)
class Lesson:
    """One lesson, which is one nbgrader assignment with one notebook.

    Attributes
    ----------
    assignment : str
        The name of the lesson's folder and of the assignment, as in ``03-e-step``.
    root : Path
        The course directory that holds ``solutions`` and ``course``.
    """

    assignment: str
    root: Path = ROOT

    @property
    def name(self) -> str:
        """The notebook's name, as in ``e-step``."""
        return self.assignment.split("-", 1)[1]

    @property
    def number(self) -> int:
        """The lesson's number, as in 3."""
        return int(self.assignment.split("-", 1)[0])

    @property
    def source(self) -> Path:
        """The MyST Markdown file that a person edits."""
        return self.root / SOURCE_FOLDER / self.assignment / f"{self.name}.md"

    @property
    def wrong_answers(self) -> Path:
        """The folder of wrong answers to the exercises, and of unusual right ones."""
        return self.source.with_name("wrong_answers")

    @property
    def solution(self) -> Path:
        """The instructors' notebook: built from the source and executed."""
        return self.source.with_suffix(".ipynb")

    @property
    def release(self) -> Path:
        """The students' notebook."""
        return self.root / RELEASE_FOLDER / self.assignment / f"{self.name}.ipynb"


def all_lessons(root: Path = ROOT) -> list[Lesson]:
    """Every lesson that has a source, in order.

    Parameters
    ----------
    root : Path
        The course directory that holds ``solutions``.
    """
    folders = (root / SOURCE_FOLDER).glob("[0-9][0-9]-*")
    candidates = (Lesson(folder.name, root) for folder in folders)
    return sorted(lesson for lesson in candidates if lesson.source.exists())


def find_lesson(assignment: str, root: Path = ROOT) -> Lesson:
    """One lesson by its folder's name.

    Parameters
    ----------
    assignment : str
        As in ``03-e-step``.
    root : Path
        The course directory that holds ``solutions``.

    Raises
    ------
    ValueError
        There is no such lesson; the message lists those that exist.
    """
    known = {lesson.assignment: lesson for lesson in all_lessons(root)}
    if assignment not in known:
        raise ValueError(f"there is no lesson {assignment!r}; there are {', '.join(known)}.")
    return known[assignment]
