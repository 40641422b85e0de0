"""What goes wrong in one exercise costs that exercise, and the message says what it was."""

import os
import signal

import nbformat
import pytest
from nbgrader.utils import determine_grade

from em_grader.sandbox.limits import Limits
from em_grader.sandbox.server.grading_server import shared_server
from em_grader.sandbox.worker.shell import CUT
from em_grader.submissions.cell_roles import describe_cells
from em_grader.submissions.graded_notebook import NOTES, put_outputs, result_after_grader_error
from tests.support.secret_lesson import RIGHT, grade_notebook

pytestmark = pytest.mark.slow

HEAD = "import os, sys, ctypes, threading, time\ndef double(x):\n    "
FAULTS = {
    "endless": (HEAD + "while True: pass", "TimeLimitExceeded", "longer than the 2 s"),
    "sleeps": (HEAD + "time.sleep(60)", "TimeLimitExceeded", "longer than the 2 s"),
    "endless cell": ("while True: pass", "TimeLimitExceeded", "the cell ran longer than the 4 s"),
    "exits": (HEAD + "os._exit(3)", "ProcessEnded", "exit code 3"),
    "exits in its cell": ("import os\nos._exit(4)", "ProcessEnded", "exit code 4"),
    "crashes": (HEAD + "ctypes.string_at(0)", "ProcessEnded", "segmentation fault"),
    "aborts": (HEAD + "os.abort()", "ProcessEnded", "an abort"),
    "memory": (HEAD + "return np.ones(1 << 30)", "MemoryError", "1 GB of memory"),
    "file": (HEAD + "open('f', 'wb').write(bytes(40 << 20))", "OSError", "File too large"),
    "returns too much": (
        HEAD + "return np.broadcast_to(1.0, (1 << 15, 1 << 12))",
        "NotSerializable",
        "over the limit of 64 MB",
    ),
    "raises": (HEAD + "return undefined_name", "NameError", "'undefined_name' is not defined"),
    "not done": (HEAD + "raise NotImplementedError", "NotImplementedError", ""),
    "no Python": ("def double(x) return 1", "NameError", "double is not defined"),
    "another name": ("def dubble(x):\n    return 2 * x", "NameError", "double is not defined"),
    "returns nothing": (HEAD + "2 * x", "CheckFailure", "returned None"),
    "in place": (
        HEAD + "x *= 2\n    return x",
        "CheckFailure",
        "changed its argument 'x' in place",
    ),
    "in place, copied": (HEAD + "x += x\n    return x.copy()", "CheckFailure", "argument 'x'"),
    "a model": (HEAD + "return print", "CheckFailure", "builtin_function_or_method"),
    "wrong": (HEAD + "return x + 2", "CheckFailure", "the law of the locked drawer"),
    "transposed": (HEAD + "return (2 * x).T", "CheckFailure", "rows and columns are swapped"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_costs_its_exercise_and_is_named(name, graded, target):
    answer, kind, message = FAULTS[name]
    outcome = graded(target.filled(RIGHT | {"double": answer}))
    assert outcome.points == {"double": 0, "row_log_sums": 4}
    error = outcome.error("test-double")
    assert error.ename == kind
    assert message in error.evalue
    assert outcome.leaks() == []


def test_processor_time_is_limited(graded, target):
    answer = {"double": HEAD + "while True: pass"}
    limits = Limits(cell=9.0, call=9.0, test=9.0, cpu=1)
    outcome = graded(target.filled(RIGHT | answer), limits)
    assert outcome.points == {"double": 0, "row_log_sums": 4}
    assert "more than the 1 s of processor time" in outcome.error("test-double").evalue


def test_the_students_own_line_is_shown_and_nothing_of_the_test(graded, target):
    answer = "def double(x):\n    y = x.missing\n    return y"
    outcome = graded(target.filled(RIGHT | {"double": answer}))
    shown = "\n".join(outcome.error("test-double").traceback)
    assert "in double, line 2 of its cell: y = x.missing" in shown
    assert "locked_drawer" not in shown
    assert "proxy" not in shown


def test_the_next_exercise_finds_the_earlier_answers_after_a_restart(graded, target):
    answers = {
        "double": "import os\nKEPT = 1\ndef double(x):\n    os._exit(1)",
        "row_log_sums": "def row_log_sums(a):\n    return KEPT * np.logaddexp.reduce(a, axis=1)",
    }
    outcome = graded(target.filled(answers))
    assert outcome.points == {"double": 0, "row_log_sums": 4}
    assert outcome.restarts >= 2


def test_the_calls_of_one_test_share_a_time(graded, target):
    answers = {"row_log_sums": "import time\n" + RIGHT["row_log_sums"].replace(
        "    top", "    time.sleep(0.4)\n    top", 1
    )}  # fmt: skip
    limits = Limits(cell=4.0, call=2.0, test=0.7, memory=1 << 30)
    outcome = graded(target.filled(RIGHT | answers), limits)
    assert outcome.points == {"double": 3, "row_log_sums": 0}
    assert "0.7 s" in outcome.error("test-row_log_sums").evalue


REFERENCE = {
    "named": "def row_log_sums(a):\n    return log_sum_exp(a, 1)",
    "looked up": "def row_log_sums(a):\n    return globals()['log_sum_exp'](a, 1)",
    "through a helper": (
        "import em_helpers as e\ndef helper(a):\n    return getattr(e, 'log_sum_exp')(a, 1)\n"
        "def row_log_sums(a):\n    return helper(a)"
    ),
    "kept from before": "f = log_sum_exp\ndef row_log_sums(a):\n    return f(a, 1)",
    "a method": (
        "from em_helpers import GaussianMixture as G\nm = G([1.0], [[0.0]], [[[1.0]]])\n"
        "score = m.log_joint\ndef row_log_sums(a):\n    return score(a[:, :1])"
    ),
    "imported late": (
        "def row_log_sums(a):\n    m = __import__('em_helpers.models.log_space', fromlist=['x'])\n"
        "    return m.log_sum_exp(a, 1)"
    ),
    "ready made": (
        "def row_log_sums(a):\n    import importlib\n"
        "    return importlib.import_module('skl' + 'earn.mixture')"
    ),
}


@pytest.mark.parametrize("name", REFERENCE)
def test_a_call_of_the_reference_is_refused_with_a_message(name, graded, target):
    outcome = graded(target.filled(RIGHT | {"row_log_sums": REFERENCE[name]}))
    assert outcome.points == {"double": 3, "row_log_sums": 0}
    error = outcome.error("test-row_log_sums")
    assert error.ename == "ReferenceUsed"
    assert "compute it from the lesson's equations" in error.evalue


def lend(notebook):
    """Tag the tests of row_log_sums."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id", "").endswith("-row_log_sums"):
            cell.metadata["tags"] = ["may-call:log_sum_exp"]


def test_the_lesson_may_lend_a_function(graded, target, server, tmp_path):
    path = tmp_path / "allowlisted.ipynb"
    nbformat.write(target.filled(RIGHT | {"row_log_sums": REFERENCE["named"]}), path)
    notebook, _ = target.ready(path)
    lend(notebook)
    grade_notebook(server, notebook)
    test = next(c for c in notebook.cells if c["id"] == "test-row_log_sums")
    assert test.outputs == []


def test_a_submission_lends_itself_nothing(graded, target):
    notebook = target.filled(RIGHT | {"row_log_sums": REFERENCE["named"]})
    lend(notebook)
    assert graded(notebook).points == {"double": 3, "row_log_sums": 0}


def test_a_given_cell_may_call_the_reference(graded, target):
    outcome = graded(target.filled(RIGHT))
    assert "the reference says [0.693]" in outcome.text()


BESIDES = {
    "print('a')\nfrom IPython.display import clear_output\nclear_output()\nprint('b')": "b\n",
    "lines = !echo x\nprint(lines)": "[not run while a notebook is graded: echo x]\n[]\n",
    "text = get_ipython().getoutput('y', split=False)\nprint(repr(text))": (
        "[not run while a notebook is graded: y]\n''\n"
    ),
    "exit()\nprint('on')": "on\n",
    "try:\n    input('?')\nexcept Exception as error:\n    print(error)": (
        "input() is not answered while a notebook is graded.\n"
    ),
    "raise SystemExit('bye')": ("SystemExit", "bye"),
    "import sys\nsys.stdout.write(3)": ("TypeError", "write() argument must be str, not int"),
    "for _ in range(3):\n    print('x' * 1500)\nprint('y')": None,
}  # fmt: skip


def test_what_cells_do_besides_costs_nothing_and_is_shown_as_far_as_it_goes(graded, target):
    notebook = target.filled(RIGHT)
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in BESIDES]
    outcome = graded(notebook, Limits(output=4000, memory=1 << 30))
    assert outcome.points == {"double": 3, "row_log_sums": 4}
    cells = {c.source: c.outputs for c in outcome.notebook.cells if c.source in BESIDES}
    for source, shown in BESIDES.items():
        outputs = cells[source]
        if shown is None:
            *kept, last = (each.text for each in outputs)
            assert ("".join(kept), last) == ((("x" * 1500 + "\n") * 3)[:4000], CUT)
        elif type(shown) is str:
            assert "".join(each.text for each in outputs) == shown
        else:
            assert (outputs[-1].ename, outputs[-1].evalue) == shown


def test_a_notebook_has_a_time_as_a_whole(graded, target):
    answers = {"double": "import time\ntime.sleep(3)\n" + RIGHT["double"]}
    limits = Limits(cell=8.0, call=4.0, test=8.0, notebook=2.0, memory=1 << 30)
    outcome = graded(target.filled(RIGHT | answers), limits)
    assert outcome.points == {"double": 0, "row_log_sums": 0}
    assert "more than the 2 s that are allowed for all" in outcome.error("test-row_log_sums").evalue


def test_a_fork_server_that_was_killed_costs_its_notebook_and_another_is_started(target, tmp_path):
    path = tmp_path / "submission.ipynb"
    nbformat.write(target.filled(RIGHT), path)
    notebook, _ = target.ready(path)
    first = shared_server("landlock")
    job = first.submit(describe_cells(notebook))
    fork_server = first._fork_server._process
    os.kill(fork_server.pid, signal.SIGKILL)
    fork_server.wait()
    with pytest.raises(RuntimeError, match="the trusted grader failed: its process ended"):
        job.result()
    with pytest.raises(RuntimeError, match="the fork server is gone"):
        first.submit(describe_cells(notebook))
    second = shared_server("landlock")
    assert second is not first
    grade_notebook(second, notebook)
    tests = [each for each in notebook.cells if each["id"].startswith("test-")]
    assert [determine_grade(each) for each in tests] == [(3, 3), (4, 4)]
    first.stop()
    second.stop()


def test_a_notebook_that_the_referee_fails_on_waits_for_the_instructor(target, tmp_path):
    path = tmp_path / "submission.ipynb"
    nbformat.write(target.filled(RIGHT), path)
    notebook, _ = target.ready(path)
    put_outputs(notebook, result_after_grader_error(notebook)["outputs"])
    tests = [each for each in notebook.cells if each["id"].startswith("test-")]
    assert [determine_grade(each) for each in tests] == [(0, 3), (0, 4)]
    assert not notebook.metadata[NOTES]["readable"]
    assert "until the instructor decides" in notebook.metadata[NOTES]["notes"][-1]
