"""Which provided cells run without an answer, and which of them students need."""

from em_grader.sandbox.referee.lesson_code import ProvidedCells
from tests.support.described_cell import described_cell as cell

LESSON = [
    cell("provided", "import numpy as np"),
    cell("provided", "data = np.arange(3.0)"),
    cell("provided", "table = {}"),
    cell("provided", "table['a'] = data"),
    cell("answer", "def f(x):\n    return np.sum(x)", "f"),
    cell("provided", "picture = f(data)"),
    cell("provided", "print(picture)"),
    cell("added", "mine = table['a']"),
]


def test_provided_cells_that_use_an_answer_are_not_self_contained():
    assert ProvidedCells(LESSON).self_contained == {0, 1, 2, 3}


def test_only_what_students_mention_is_run_for_them_and_what_that_needs():
    assert ProvidedCells(LESSON).needed_by_students() == {0, 1, 2, 3}
    assert ProvidedCells([*LESSON[:7], cell("added", "1 + 1")]).needed_by_students() == {0, 1}
    looks_up = cell("added", "globals()['table']")
    assert ProvidedCells([*LESSON[:5], looks_up]).needed_by_students() == {0, 1, 2, 3}


def test_a_test_gets_the_lessons_own_names_whatever_a_student_defines():
    provided_cells = ProvidedCells([*LESSON[:4], cell("added", "np = data = 0"), *LESSON[4:]])
    namespace = provided_cells.namespace({"np", "data", "f", "mine"}, 9)
    assert namespace["data"].tolist() == [0, 1, 2]
    assert namespace["np"].__name__ == "numpy"
    assert not {"f", "mine"} & set(namespace)
