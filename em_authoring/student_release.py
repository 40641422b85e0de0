"""Make the students' notebooks with nbgrader's generate_assignment, without a gradebook."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.apps import NbGraderAPI

from em_authoring.lesson_paths import Lesson
from em_authoring.nbgrader_release_config import release_settings


def make_releases(notebooks: Mapping[Lesson, NotebookNode]) -> dict[Lesson, str]:
    """The students' edition of each notebook.

    Parameters
    ----------
    notebooks : dict of Lesson to nbformat.NotebookNode
        The instructors' edition.

    Returns
    -------
    dict of Lesson to str
        The text of each students' notebook file.

    Raises
    ------
    RuntimeError
        nbgrader refuses a notebook; the message repeats nbgrader's log.
    """
    with tempfile.TemporaryDirectory() as folder:
        copies = {lesson: Lesson(lesson.assignment, Path(folder)) for lesson in notebooks}
        for lesson, notebook in notebooks.items():
            copies[lesson].solution.parent.mkdir(parents=True)
            nbformat.write(notebook, copies[lesson].solution)
        return {lesson: _generate(copy) for lesson, copy in copies.items()}


def _generate(lesson: Lesson) -> str:
    config = release_settings()
    config.CourseDirectory.root = str(lesson.root)
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    result = NbGraderAPI(config=config).generate_assignment(lesson.assignment, create=False)
    if not result["success"]:
        raise RuntimeError(f"nbgrader refused {lesson.assignment}:\n{result['log']}")
    return lesson.release.read_text("utf-8")


def write_release(lesson: Lesson, text: str) -> None:
    """Put a students' notebook into ``course/``, in a folder that holds nothing else.

    Parameters
    ----------
    lesson : Lesson
    text : str
        The notebook file, as ``make_releases`` returns it.
    """
    shutil.rmtree(lesson.release.parent, ignore_errors=True)
    lesson.release.parent.mkdir(parents=True)
    lesson.release.write_text(text, "utf-8", newline="\n")
