"""Making the students' notebooks with nbgrader's own generate_assignment, without a gradebook."""

import shutil
import tempfile
from pathlib import Path

import nbformat
from nbgrader.apps import NbGraderAPI
from traitlets.config.loader import PyFileConfigLoader

from em_authoring.lesson import ROOT


def release(notebooks):
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
        nbgrader refuses a notebook, with what it said.
    """
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for lesson, notebook in notebooks.items():
            place = folder / "solutions" / lesson.assignment / lesson.solution.name
            place.parent.mkdir(parents=True)
            nbformat.write(notebook, place)
        return {lesson: _generate(lesson, folder) for lesson in notebooks}


def _generate(lesson, folder):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    config.CourseDirectory.root = str(folder)
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    result = NbGraderAPI(config=config).generate_assignment(lesson.assignment, create=False)
    if not result["success"]:
        raise RuntimeError(f"nbgrader refused {lesson.assignment}:\n{result['log']}")
    return (folder / "course" / lesson.assignment / lesson.solution.name).read_text("utf-8")


def install(lesson, text):
    """Put a students' notebook into ``course/``, in a folder that holds nothing else.

    Parameters
    ----------
    lesson : Lesson
    text : str
    """
    shutil.rmtree(lesson.release.parent, ignore_errors=True)
    lesson.release.parent.mkdir(parents=True)
    lesson.release.write_text(text, "utf-8", newline="\n")
