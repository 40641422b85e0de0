"""Courses with an honest class: what most students hand in, for stock nbgrader and for ours."""

import copy
import random
import shutil
from pathlib import Path

from nbformat.v4 import new_code_cell

from em_authoring.known_answers import lesson_wrong_answers
from em_authoring.lesson_paths import ROOT, find_lesson
from tests.support.nbgrader_course import NbgraderCourse

RIGHT, WRONG = 0.75, 0.2
"""Shares of answers; the rest is left as it was given out."""

SCRATCH = "numbers = [1.0, 2.0, 3.0]\nprint('so far so good', sum(numbers))"
"""A cell that every fifth student adds somewhere."""

STOCK = """
c = get_config()
c.CourseDirectory.course_id = "em"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "course"
"""


def classroom(assignment, students, folder):
    """A course under the root's configuration with a class's submissions to one lesson.

    The wrong answers lie beside the source, as in the root, so that hints are part of the work.

    Parameters
    ----------
    assignment : str
    students : int
    folder : Path
        An empty folder.

    Returns
    -------
    NbgraderCourse
    """
    course = NbgraderCourse(find_lesson(assignment), folder)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    listed, known = lesson_wrong_answers(course.source.source.parent), {}
    for right, answers in ((True, listed.right), (False, listed.wrong)):
        for each in answers:
            known.setdefault(each.exercise, {True: [], False: []})[right].append(each.source)
    release, chance = course.release(), random.Random(assignment)
    for number in range(students):
        notebook = copy.deepcopy(release)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            drawn = chance.random() if name in known else 1.0
            if drawn < RIGHT + WRONG:
                cell.source = chance.choice(known[name][drawn < RIGHT])
        if number % 5 == 0:
            place = chance.randrange(1, len(notebook.cells))
            notebook.cells.insert(place, new_code_cell(SCRATCH))
        course.hand_in(f"student-{number:03}", notebook)
    return course


def stock_twin(course, students, folder):
    """The same course and its first submissions, with nbgrader as it comes.

    Parameters
    ----------
    course : NbgraderCourse
        Nothing graded yet.
    students : int
    folder : Path
        A folder that does not exist.

    Returns
    -------
    Path
        The folder.
    """
    shutil.copytree(course.folder, folder)
    Path(folder, "nbgrader_config.py").write_text(STOCK, "utf-8")
    shutil.rmtree(Path(folder, course.lesson.wrong_answers.relative_to(course.folder)))
    for submission in sorted(Path(folder, "submitted").iterdir())[students:]:
        shutil.rmtree(submission)
    return folder
