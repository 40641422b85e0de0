"""What the site shows of a lesson, and what nbgrader makes of it for students."""

import copy
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_output

from em_authoring.lesson_paths import ROOT, find_lesson
from em_authoring.lesson_source import read_lesson_source
from em_authoring.student_release import make_releases
from em_authoring.website_notebook import public_edition


@pytest.fixture(scope="module")
def executed():
    """Lesson 3 as if it had been run: every cell with code has printed its number."""
    notebook = read_lesson_source(find_lesson("03-e-step"))
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [new_output("stream", text=f"{place}")], place
    return notebook


@pytest.fixture(scope="module")
def released(executed):
    lesson = find_lesson("03-e-step")
    return nbformat.reads(make_releases({lesson: executed})[lesson], as_version=4)


def test_the_public_edition_has_the_released_sources_and_outputs_of_provided_cells(
    executed, released
):
    before = copy.deepcopy((executed, released))
    public = public_edition(executed, released)
    assert (executed, released) == before, "it is a copy"
    assert [cell.source for cell in public.cells] == [cell.source for cell in released.cells]
    for place, (cell, original) in enumerate(zip(public.cells, executed.cells, strict=True)):
        marks = original.metadata.get("nbgrader")
        assert "BEGIN" not in cell.source
        if original.cell_type == "code" and marks:
            assert (cell.outputs, cell.execution_count) == ([], None)
        elif original.cell_type == "code":
            assert cell.outputs[0].text == f"{place}"
        if marks and marks["solution"] and original.cell_type == "code":
            assert "raise NotImplementedError" in cell.source
        if marks and marks["grade_id"].startswith("test-"):
            assert len(cell.source) < len(original.source) / 2
        if not marks:
            assert cell.source == original.source


def test_a_release_of_another_source_has_no_public_edition(executed, released):
    shorter = copy.deepcopy(released)
    del shorter.cells[-1]
    with pytest.raises(ValueError, match="different cells"):
        public_edition(executed, shorter)
    edited = copy.deepcopy(released)
    provided = next(
        cell
        for cell in edited.cells
        if cell.cell_type == "code" and "nbgrader" not in cell.metadata
    )
    provided.source += "\nx = 1"
    with pytest.raises(ValueError, match=f"{provided.id} was executed with another source"):
        public_edition(executed, edited)


WITHOUT_GRADER = """
import sys
from importlib.abc import MetaPathFinder


class Refuse(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "em_grader":
            raise ImportError(f"{name} is not installed")


sys.meta_path.insert(0, Refuse())
import em_authoring.__main__
import em_authoring.student_archive
from em_authoring.lesson_paths import find_lesson
from em_authoring.lesson_source import read_lesson_source
from em_authoring.student_release import make_releases

lesson = find_lesson("03-e-step")
print(make_releases({lesson: read_lesson_source(lesson)})[lesson])
"""


def test_authoring_works_without_the_grader():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_GRADER], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lesson = find_lesson("03-e-step")
    expected = make_releases({lesson: read_lesson_source(lesson)})[lesson]
    assert done.stdout.strip() == expected.strip()


def test_what_nbgrader_refuses_is_said_in_its_words(executed):
    broken = copy.deepcopy(executed)
    answer = next(c for c in broken.cells if c.metadata.get("nbgrader", {}).get("solution"))
    answer.source = answer.source.replace("### END SOLUTION", "")
    with pytest.raises(RuntimeError, match=r"nbgrader refused 03-e-step:\n(.*\n)*.*solution"):
        make_releases({find_lesson("03-e-step"): broken})
