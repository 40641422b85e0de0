"""The names that a cell needs, binds and changes, found without running it."""

import pytest

from em_grader.sandbox.referee import cell_names

NEEDS = [
    ("x = a + 1", {"a"}),
    ("x = x + 1", {"x"}),
    ("x = 1\ny = x", set()),
    ("def f(a):\n    return a + b", {"b"}),
    ("def f():\n    return g()\ndef g():\n    return h", {"h"}),
    ("[i for i in a if i]", {"a"}),
    ("for i in a:\n    b = i\nprint(b, c)", {"a", "c"}),
    ("with open(p) as f:\n    f.read(q)", {"p", "q"}),
    ("try:\n    a\nexcept E as e:\n    e\nfinally:\n    z", {"a", "E", "z"}),
    ("import numpy as np\nnp.zeros(n)", {"n"}),
    ("match a:\n    case [b, *c] if d:\n        b, c, e", {"a", "d", "e"}),
    ("class A(B):\n    c = d\n    def m(self):\n        return e", {"B", "d", "e"}),
    ("f = lambda a: a + b", {"b"}),
    ("%matplotlib inline\nplt.plot(x)", {"plt", "x"}),
    ("def broken(:", set()),
    ("if (n := len(a)) > 1:\n    n", {"a"}),
    ("def f():\n    global g\n    g = 1\n    return k", {"k"}),
]


@pytest.mark.parametrize(
    ("source", "needed"),
    NEEDS,
    ids=lambda each: str(each)[:30] if isinstance(each, str) else "needs",
)
def test_names_that_a_cell_needs(source, needed):
    assert cell_names.free_names(source) == needed


def test_of_a_cell_too_deep_to_be_read_every_word_may_be_needed():
    deep = "def g(x):\n    return helper(" + "+".join(["x"] * 600) + ")"
    assert cell_names.free_names(deep) == {"def", "g", "x", "return", "helper"}


def test_names_that_a_cell_leaves_behind_and_changes():
    source = "import a.b, c as d\nx, (y, *z) = 1, [2]\ndef f(w):\n    v = w\nx[0] = q.r(1).s = 2"
    assert cell_names.bound_names(source) == {"a", "d", "x", "y", "z", "f"}
    assert cell_names.mutated_names(source + "\nt.sort()\ndel u[1]") == {"x", "q", "t", "u"}
