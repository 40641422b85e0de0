"""Right answers keep every point, whatever their style and whatever noise they make."""

import pytest
from nbformat.v4 import new_code_cell

from em_authoring.known_answers import lesson_wrong_answers
from em_authoring.lesson_paths import all_lessons
from em_authoring.lesson_source import read_lesson_source
from tests.support.answer_styles import ANSWERS, IN_ANOTHER_CELL, USES_TOPS
from tests.support.secret_lesson import RIGHT, grade_notebook

pytestmark = pytest.mark.slow


def assert_full(outcome):
    said = outcome.error("test-row_log_sums") or outcome.error("check-row_log_sums")
    assert outcome.points == {"double": 3, "row_log_sums": 4}, said
    assert outcome.error("check-row_log_sums") is None
    assert outcome.restarts == 0


@pytest.mark.parametrize("name", ANSWERS)
def test_a_right_answer_keeps_its_points(name, graded, target):
    assert_full(graded(target.filled(RIGHT | {"row_log_sums": ANSWERS[name]})))


@pytest.mark.parametrize("name", IN_ANOTHER_CELL)
def test_a_right_answer_may_call_what_another_cell_defines(name, graded, target):
    source, where = IN_ANOTHER_CELL[name]
    notebook = target.filled(RIGHT | {"row_log_sums": USES_TOPS})
    cells = notebook.cells
    place = next(i for i, c in enumerate(cells) if c.source == USES_TOPS)
    cells.insert(place + (where == "after"), new_code_cell(source))
    outcome = graded(notebook)
    assert outcome.points == {"double": 3, "row_log_sums": 4}


RIGHT_ANSWERS = [
    (lesson, answer)
    for lesson in all_lessons()
    for answer in lesson_wrong_answers(lesson.source.parent).right
]


@pytest.mark.parametrize(
    ("lesson", "answer"),
    RIGHT_ANSWERS,
    ids=[f"{lesson.number:02}-{answer.exercise}" for lesson, answer in RIGHT_ANSWERS],
)
def test_right_answers_of_the_lessons_keep_their_points(lesson, answer, server):
    notebook = read_lesson_source(lesson)
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id", "imports")
        in ("imports", answer.exercise, f"check-{answer.exercise}", f"test-{answer.exercise}")
    ]
    cell = next(c for c in notebook.cells if c["id"] == answer.exercise)
    cell.source = answer.source
    grade_notebook(server, notebook)
    for cell in notebook.cells:
        if cell["id"] == f"test-{answer.exercise}":
            assert [o for o in cell.outputs if o.output_type != "stream"] == []
