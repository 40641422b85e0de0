"""What the site shows of a lesson, and what nbgrader makes of it for students."""

import copy

import pytest
from nbformat.v4 import new_output

from em_authoring.lesson import lesson
from em_authoring.lesson_source import read
from em_authoring.public_edition import public
from em_authoring.release import release


@pytest.fixture(scope="module")
def executed():
    """Lesson 3 as if it had been run: every cell with code has printed its number."""
    notebook = read(lesson("03-e-step"))
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [new_output("stream", text=f"{place}")], place
    return notebook


def test_the_public_edition_holds_no_answer_no_test_and_nothing_that_they_printed(executed):
    before = copy.deepcopy(executed)
    shown = public(executed)
    assert executed == before, "it is a copy"
    assert len(shown.cells) == len(executed.cells)
    for place, (cell, original) in enumerate(zip(shown.cells, executed.cells, strict=True)):
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


def test_what_nbgrader_refuses_is_said_in_its_words(executed):
    broken = copy.deepcopy(executed)
    answer = next(c for c in broken.cells if c.metadata.get("nbgrader", {}).get("solution"))
    answer.source = answer.source.replace("### END SOLUTION", "")
    with pytest.raises(RuntimeError, match=r"nbgrader refused 03-e-step:\n(.*\n)*.*solution"):
        release({lesson("03-e-step"): broken})
