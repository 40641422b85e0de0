"""Whatever was done to a submission, its answers are graded as if it were intact."""

import copy
import json

import nbformat
import pytest

from em_grader.submissions.read_submission import read_submission
from em_grader.submissions.rebuild import rebuild

DOUBLE = "def double(x):\n    return x + x"


def cell(notebook, name):
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def answered(release):
    notebook = copy.deepcopy(release)
    cell(notebook, "double").source = DOUBLE
    cell(notebook, "why").source = "Because."
    return notebook


def rebuilt(release, notebook, tmp_path):
    path = tmp_path / "doubling.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    result = rebuild(release, read_submission(path))
    nbformat.validate(result.notebook)
    return result


def delete_test(notebook):
    notebook.cells.remove(cell(notebook, "test-double"))


def weaken_test(notebook):
    cell(notebook, "test-double").source = "pass"


def raise_points(notebook):
    cell(notebook, "test-double").metadata.nbgrader.points = 100


def swap_marks(notebook):
    marks = [cell(notebook, name).metadata.nbgrader for name in ("check-double", "test-double")]
    marks[0]["grade_id"], marks[1]["grade_id"] = marks[1]["grade_id"], marks[0]["grade_id"]


def unlock(notebook):
    cell(notebook, "test-double").metadata.nbgrader.update(locked=False, solution=True)


def answer_becomes_text(notebook):
    answer = cell(notebook, "double")
    answer.cell_type = "markdown"
    del answer["outputs"], answer["execution_count"]


def move_answer_to_the_end(notebook):
    answer = cell(notebook, "double")
    notebook.cells.remove(answer)
    notebook.cells.append(answer)


def append_the_stub_again(notebook):
    stub = copy.deepcopy(cell(notebook, "double"))
    stub.source = 'def double(x):\n    """Twice x."""\n    raise NotImplementedError'
    notebook.cells.append(stub)


def lose_all_marks(notebook):
    for each in notebook.cells:
        each.metadata = {}
        del each["id"]


def lose_the_given_cells(notebook):
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")]


def other_kernel(notebook):
    notebook.metadata = {"kernelspec": {"name": "julia", "display_name": "Julia"}}


def other_format(notebook):
    notebook.nbformat, notebook.nbformat_minor = 4, 0


HARMLESS = [
    delete_test, weaken_test, raise_points, swap_marks, unlock, answer_becomes_text,
    move_answer_to_the_end, append_the_stub_again, lose_the_given_cells, other_kernel, other_format,
]  # fmt: skip


@pytest.mark.parametrize("harm", HARMLESS)
def test_graded_as_if_intact(small_release, tmp_path, harm):
    notebook = answered(small_release)
    harm(notebook)
    got = rebuilt(small_release, notebook, tmp_path).notebook
    assert got == answered(small_release)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (delete_test, "test-double is missing"),
        (weaken_test, "test-double was changed"),
        (append_the_stub_again, "double is there 2 times"),
        (lose_the_given_cells, "check-double is missing"),
    ],
)
def test_what_was_mended_is_said(small_release, tmp_path, harm, said):
    notebook = answered(small_release)
    harm(notebook)
    assert said in " ".join(rebuilt(small_release, notebook, tmp_path).notes)


def test_an_intact_submission_has_no_notes(small_release, tmp_path):
    assert rebuilt(small_release, answered(small_release), tmp_path).notes == []


def test_an_answer_that_lost_its_mark_is_found_by_its_function(small_release, tmp_path):
    notebook = answered(small_release)
    lose_all_marks(notebook)
    got = rebuilt(small_release, notebook, tmp_path)
    assert cell(got.notebook, "double").source == DOUBLE
    assert "had lost its marking" in " ".join(got.notes)


def test_a_picture_in_a_written_answer_comes_along_and_none_in_code(small_release, tmp_path):
    notebook = answered(small_release)
    picture = {"sketch.png": {"image/png": "iVBORw0KGgo="}}
    cell(notebook, "why")["attachments"] = picture
    cell(notebook, "double")["attachments"] = picture
    got = rebuilt(small_release, notebook, tmp_path).notebook
    assert cell(got, "why")["attachments"] == picture
    assert "attachments" not in cell(got, "double")


def test_a_missing_answer_is_a_stub_again(small_release, tmp_path):
    notebook = answered(small_release)
    notebook.cells.remove(cell(notebook, "double"))
    got = rebuilt(small_release, notebook, tmp_path)
    assert cell(got.notebook, "double").source == cell(small_release, "double").source
    assert "double is missing: graded as unanswered" in " ".join(got.notes)


def sources(notebook):
    return [each.source for each in notebook.cells]


def test_added_cells_stay_where_they_stood(small_release, tmp_path):
    notebook = answered(small_release)
    place = notebook.cells.index(cell(notebook, "double"))
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell("after = 1"))
    notebook.cells.insert(place, nbformat.v4.new_code_cell("before = 1"))
    notebook.cells.insert(0, nbformat.v4.new_code_cell("first = 1"))
    got = rebuilt(small_release, notebook, tmp_path).notebook
    assert sources(got) == sources(notebook)
    marked = [each.source for each in got.cells if "em_grader" in each.metadata]
    assert marked == ["first = 1", "before = 1", "after = 1"]


def test_an_earlier_edited_copy_of_an_answer_runs_before_it(small_release, tmp_path):
    notebook = answered(small_release)
    earlier = copy.deepcopy(cell(notebook, "double"))
    earlier.source = "def helper(x):\n    return x"
    notebook.cells.insert(notebook.cells.index(cell(notebook, "double")), earlier)
    got = rebuilt(small_release, notebook, tmp_path).notebook
    assert cell(got, "double").source == DOUBLE
    place = got.cells.index(cell(got, "double"))
    assert got.cells[place - 1].source == earlier.source


def test_what_was_added_to_a_given_cell_runs_after_the_original(small_release, tmp_path):
    notebook = answered(small_release)
    given = next(each for each in notebook.cells if each.source == "import numpy as np")
    given.source = "import numpy as np\nimport math"
    got = sources(rebuilt(small_release, notebook, tmp_path).notebook)
    place = got.index("import numpy as np")
    assert got[place + 1] == "import numpy as np\nimport math"


def test_a_mark_forged_on_an_added_cell_makes_it_no_test(small_release, tmp_path):
    notebook = answered(small_release)
    forged = nbformat.v4.new_code_cell("1 / 1")
    forged.metadata["nbgrader"] = {"grade": True, "grade_id": "test-more", "points": 50}
    notebook.cells.append(forged)
    got = rebuilt(small_release, notebook, tmp_path).notebook
    (added,) = (each for each in got.cells if each.source == "1 / 1")
    assert "nbgrader" not in added.metadata
