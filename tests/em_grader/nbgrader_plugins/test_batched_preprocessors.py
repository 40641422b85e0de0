"""A notebook's rows at once: the same as nbgrader's cell by cell, and points all or none."""

import copy
import logging

import nbformat
import pytest
from nbgrader import preprocessors
from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveCells

from em_authoring.lesson_source import read_lesson_source
from em_grader.nbgrader_plugins import batched_preprocessors

PLACE = {"notebook": "doubling", "assignment": "09-doubling", "student": "a student"}


@pytest.fixture
def place(small_lesson, tmp_path):
    """Where a gradebook lies that knows the lesson and one submission to it."""
    place = PLACE | {"db_url": f"sqlite:///{tmp_path / 'gradebook.db'}"}
    with Gradebook(place["db_url"]) as gradebook:
        gradebook.add_assignment(place["assignment"])
    released = preprocessors.ComputeChecksums().preprocess(read_lesson_source(small_lesson), {})[0]
    SaveCells().preprocess(released, {"nbgrader": place})
    with Gradebook(place["db_url"]) as gradebook:
        gradebook.add_student(place["student"])
        gradebook.add_submission(place["assignment"], place["student"])
    return place


def handed_in(release, **changes):
    """The release with some cells' sources changed, by grade id."""
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "").replace("-", "_")
        cell.source = changes.get(name, cell.source)
    return notebook


def graded(notebook):
    """A notebook as it comes from the tests: the first is passed, the second lost."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "test-halve":
            cell.outputs = [nbformat.v4.new_output("error", ename="A", evalue="b", traceback=[])]
    return notebook


def saved(place):
    with Gradebook(place["db_url"]) as gradebook:
        found = gradebook.find_submission_notebook(
            place["notebook"], place["assignment"], place["student"]
        )
        grades = {each.name: (each.auto_score, each.needs_manual_grade) for each in found.grades}
        return grades, {each.name: each.auto_comment for each in found.comments}


def test_locked_cells_are_put_back_as_by_nbgrader(place, small_release):
    notebook = handed_in(small_release, test_double="pass", double="def double(x): return x + x")
    notebook.cells[-1].metadata.nbgrader.points = 30.0
    stranger = nbformat.v4.new_code_cell("pass", metadata={"nbgrader": {"grade_id": "stranger"}})
    stranger.metadata.nbgrader |= {"locked": False, "grade": False, "solution": True}
    notebook.cells.append(stranger)
    quiet = logging.getLogger("at-once")
    quiet.setLevel(logging.ERROR)
    ours, stock = (
        room.OverwriteCells(log=quiet).preprocess(copy.deepcopy(notebook), {"nbgrader": place})[0]
        for room in (batched_preprocessors, preprocessors)
    )
    assert ours == stock
    marked = [cell for cell in ours.cells if "grade_id" in cell.metadata.get("nbgrader", {})]
    sources = {cell.metadata.nbgrader.grade_id: cell.source for cell in marked}
    assert "doubles secret numbers" in sources["test-double"]
    assert sources["double"] == "def double(x): return x + x"
    assert "stranger" not in sources
    assert ours.cells[-2].metadata.nbgrader.points == 3.0


def test_points_and_comments_are_nbgraders(place, small_release):
    notebook = graded(handed_in(small_release, why="Because."))
    batched_preprocessors.SaveAutoGrades().preprocess(notebook, {"nbgrader": place})
    ours = saved(place)
    preprocessors.SaveAutoGrades().preprocess(notebook, {"nbgrader": place})
    assert ours == saved(place)
    grades, comments = ours
    assert grades["test-double"] == (3.0, False)
    assert grades["test-halve"] == (0.0, False)
    assert grades["why"] == (None, True)
    assert comments == {"double": "No response.", "halve": "No response.", "why": None}


def test_a_run_that_breaks_off_saves_no_point_of_the_notebook(place, small_release):
    notebook = graded(handed_in(small_release))
    before = saved(place)
    notebook.cells[-1].metadata.nbgrader.grade_id = "nobody knows it"
    with pytest.raises(Exception, match="No such grade: 09-doubling/doubling/nobody knows it"):
        batched_preprocessors.SaveAutoGrades().preprocess(notebook, {"nbgrader": place})
    assert saved(place) == before
    with pytest.raises(Exception, match="No such grade"):
        preprocessors.SaveAutoGrades().preprocess(notebook, {"nbgrader": place})
    assert saved(place) != before
