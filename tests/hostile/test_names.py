"""Static analysis of cells: names used, bound and changed; self-contained cells; refused calls."""

import pytest

from em_grader.sandbox.referee import cell_names
from em_grader.sandbox.referee.lesson_code import ProvidedCells
from em_grader.sandbox.referee.static_check import find_reference_call
from em_grader.submissions import cell_roles

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


def cell(kind, source, name=""):
    return {"kind": kind, "source": source, "exercise": name, "points": 0.0, "allowlisted": []}


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


REFUSED = [
    "from em_helpers import log_sum_exp\ndef f(a):\n    return log_sum_exp(a, 1)",
    "import em_helpers as em\ndef f(a):\n    return em.log_sum_exp(a, 1)",
    "def f(a):\n    from em_helpers.models.log_space import log_sum_exp as g\n    return g(a, 1)",
    "import em_helpers.models\nf = lambda a: em_helpers.models.log_sum_exp(a, 1)",
    "def f(a):\n    import sklearn.mixture\n    return sklearn.mixture.GaussianMixture().fit(a)",
    "from sklearn.mixture import GaussianMixture as G\ndef f(a):\n    return G(2).fit(a)",
]
PASSES = [
    "import numpy as np\ndef f(a):\n    return np.logaddexp.reduce(a, axis=1)",
    "from em_helpers import log_sum_exp\nprint(log_sum_exp([[1.0]], 1))\ndef f(a):\n    return a",
    "def log_sum_exp(a):\n    return a\ndef f(a):\n    return log_sum_exp(a)",
    "from em_helpers import checks\ndef f(a):\n    return checks.array('a', a, (2,))",
    "from em_helpers import GaussianMixture\ndef f(m: GaussianMixture):\n    return m",
]


@pytest.mark.parametrize("answer", REFUSED)
def test_an_answer_that_calls_the_reference_is_refused(answer):
    assert "calls" in find_reference_call(answer, (), frozenset())
    assert find_reference_call(answer, (), frozenset({"*"})) is None


@pytest.mark.parametrize("answer", PASSES)
def test_an_answer_of_its_own_is_not_refused(answer):
    assert find_reference_call(answer, (), frozenset()) is None


def test_a_function_of_ones_own_takes_the_name_of_an_imported_one():
    provided = "from em_helpers import log_sum_exp"
    own = "def log_sum_exp(a):\n    return a\ndef f(a):\n    return log_sum_exp(a)"
    assert find_reference_call(own, (provided,), frozenset()) is None
    inside = "def f(a):\n    def log_sum_exp(b):\n        return b\n    return log_sum_exp(a)"
    assert find_reference_call(inside, (provided,), frozenset()) is None
    passed = "def f(a, log_sum_exp=max):\n    return log_sum_exp(a)"
    assert find_reference_call(passed, (provided,), frozenset()) is None
    assert find_reference_call("def f(a):\n    return log_sum_exp(a)", (provided,), frozenset())


def test_an_allowlisted_function_may_be_called():
    assert find_reference_call(REFUSED[0], (), frozenset({"log_sum_exp"})) is None


def test_kinds_of_cells(target):
    kinds = [each["kind"] for each in cell_roles.describe_cells(target.source)]
    assert kinds == [
        "text",
        "provided",
        *["answer", "check", "test"] * 2,
        "provided",
        "text",
        "text",
    ]
