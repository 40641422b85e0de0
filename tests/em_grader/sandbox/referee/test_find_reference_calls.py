"""An answer may not call the reference for what it is to compute itself."""

import pytest

from em_grader.sandbox.referee.find_reference_calls import find_reference_call

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
