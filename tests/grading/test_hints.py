"""A known mistake gets its hint in the feedback, and nothing else does."""

import copy

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from em_helpers.authoring.lesson import lesson
from em_helpers.grading.attempt import attempts
from em_helpers.grading.hints import TellHints

LESSON = lesson("03-e-step")
MISTAKE = next(each for each in attempts(LESSON) if each.hint and not each.right)


def told(answer, failed=True, assignment=LESSON.assignment):
    """The hints that a notebook with one exercise gets."""
    error = new_output("error", ename="LawBroken", evalue=f"{MISTAKE.loses_at}: no", traceback=[])
    name = MISTAKE.exercise
    cells = [
        new_code_cell(answer, metadata={"nbgrader": {"grade_id": name}}),
        new_code_cell("", metadata={"nbgrader": {"grade_id": f"check-{name}"}}, outputs=[error]),
        new_code_cell(
            "", metadata={"nbgrader": {"grade_id": f"test-{name}"}}, outputs=[error] * failed
        ),
    ]
    notebook = new_notebook(cells=copy.deepcopy(cells))
    TellHints().preprocess(notebook, {"nbgrader": {"assignment": assignment}})
    return [cell.metadata.nbgrader.get("hint") for cell in notebook.cells]


def test_a_known_mistake_gets_its_hint_however_it_is_laid_out():
    assert told(MISTAKE.source + "\n\n# mine\n") == [None, None, MISTAKE.hint]


@pytest.mark.parametrize(
    ("answer", "options"),
    [
        ("def another(): pass", {}),
        (MISTAKE.source + "\nx = 1", {}),
        ("def broken(:", {}),
        (MISTAKE.source, {"failed": False}),
        (MISTAKE.source, {"assignment": "99-unknown"}),
    ],
)
def test_other_answers_get_none(answer, options):
    assert told(answer, **options) == [None, None, None]
