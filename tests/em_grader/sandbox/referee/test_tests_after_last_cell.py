"""Order independence: no later cell changes an earlier answer, so one process serves for all."""

import pytest

from em_grader.sandbox.referee.lesson_code import ProvidedCells
from em_grader.sandbox.referee.tests_after_last_cell import is_order_independent
from tests.support.described_cell import described_cell as cell

FIRST = "def f(x):\n    return helper(x) + np.sum(x)"
HELPER = "def helper(x):\n    return x"
QUIET = [
    "def g(x):\n    y = f(x)\n    y[0] = 1\n    return y",
    "import numpy as np\n\nTWO = 2\n\ndef g(x, y=TWO, *, z=None) -> float:\n    return x * TWO",
    '"""My second answer."""\ng = lambda x: print(x)',
    f"{HELPER}\n\ndef g(x):\n    return helper(x)",
    "def g(:",
]
LOUD = [
    "def helper(x):\n    return -x",
    "helper = None",
    "import numpy.linalg as np",
    "from numpy import *",
    "f = f",
    "print(f(1))",
    "x = np.seterr(all='raise')",
    "def g(x, y=print()):\n    return x",
    "def g(x: print()):\n    return x",
    "def g(x):\n    global helper\n    helper = None",
    "def g(x):\n    np.random.seed(0)\n    np.sum = None",
    "def g(x):\n    setattr(x, 'sum', None)",
    "def g(x):\n    return globals()",
    "@print\ndef g(x):\n    return x",
    "class A:\n    print(1)",
    "for helper in ():\n    pass",
    "if True:\n    np = 1",
    "%matplotlib inline",
]


def notebook(later, kind="answer"):
    return [
        cell("provided", "import numpy as np\nfrom matplotlib import pyplot as plt"),
        cell("answer", f"{HELPER}\n\n{FIRST}", "f"),
        cell("test", "f(np.ones(3))", "f"),
        cell(kind, later, "g"),
        cell("test", "g(1)", "g"),
    ]


def independent(cells):
    provided = ProvidedCells(cells)
    return is_order_independent(cells, provided.self_contained - provided.needed_by_students())


@pytest.mark.parametrize("kind", ["answer", "added"])
@pytest.mark.parametrize("later", QUIET)
def test_cells_that_only_define_names_of_their_own_change_nothing(later, kind):
    assert independent(notebook(later, kind))


@pytest.mark.parametrize("later", LOUD)
def test_whatever_else_a_later_cell_does_may_change_an_earlier_answer(later):
    cells = notebook(later)
    assert not independent(cells)
    assert independent(cells[:2] + cells[3:]), "no hidden test comes before it"


def test_a_provided_cell_below_may_draw_but_not_take_a_name_that_is_used():
    drawn = cell("provided", "z = f(np.ones(2))\nplt.plot(z)\nplt.show()")
    taken = cell("provided", "helper = f(np.ones(2))")
    assert independent([*notebook(QUIET[0]), drawn])
    assert not independent([*notebook(QUIET[0]), taken])


def test_a_helper_that_changed_in_between_is_another():
    cells = notebook(HELPER)
    cells.insert(2, cell("added", "helper = None"))
    assert not independent(cells)


@pytest.mark.parametrize("terms", [600, 2000])
def test_a_cell_too_deep_to_be_read_may_change_anything(terms):
    deep = "def g(x):\n    return " + "+".join(["x"] * terms)
    cells = [cell("answer", FIRST), cell("test", "f(1)"), cell("answer", deep)]
    assert not is_order_independent(cells, set())
