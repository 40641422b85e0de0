"""EM_SANDBOX=none: a plain kernel runs the notebook, and a test's verdict is whether it raised."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import determine_grade

from em_grader.exercise_result import stored_results
from em_grader.nbgrader_plugins.unsandboxed_execute import PlainExecute
from em_grader.sandbox.limits import MAX_MESSAGE_LENGTH

pytestmark = pytest.mark.slow

NOISY = "import sys, warnings\nprint('x'); print('y', file=sys.stderr); warnings.warn('z')\n"


def notebook(*sources):
    """Code cells, of which those with a # at their beginning are tests of 2 points."""
    cells = [new_markdown_cell("text")]
    for number, source in enumerate(sources):
        cells.append(new_code_cell(source))
        if source.startswith("#"):
            cells[-1].metadata["nbgrader"] = {
                "grade": True, "grade_id": f"test-{number}", "locked": True, "points": 2,
                "schema_version": 3, "solution": False, "task": False, "cell_type": "code",
            }  # fmt: skip
    return new_notebook(cells=cells)


def verdicts(notebook, **options):
    """The tests' points and errors, as (points, name, message), when the notebook has run."""
    ran, _ = PlainExecute(**options).preprocess(notebook, {})
    found = []
    for cell in ran.cells:
        if "nbgrader" in cell.metadata:
            assert len(cell.outputs) <= 1
            (error,) = cell.outputs or [{"ename": None, "evalue": None}]
            found.append((determine_grade(cell)[0], error["ename"], error["evalue"]))
            if cell.outputs:
                assert error.traceback[0].endswith(error.evalue), "no line of the test is shown"
    return found, ran


def test_noise_costs_nothing_and_a_lost_test_shows_one_line():
    broken = (
        "#\nfrom em_helpers.checks import CheckFailure\nraise CheckFailure('a law', 'r is 0.3')"
    )
    found, ran = verdicts(
        notebook(
            NOISY + "answer = 3",
            "#\n" + NOISY + "assert answer == 3",
            broken,
            f"#\nraise ValueError('x' * {MAX_MESSAGE_LENGTH + 1})",
            "#\n" + NOISY + "answer",
        )
    )
    assert found == [
        (2, None, None),
        (0, "CheckFailure", "a law: r is 0.3"),
        (0, "ValueError", "x" * MAX_MESSAGE_LENGTH + " ..."),
        (2, None, None),
    ]
    laws = [result.failure and result.failure.law for result in stored_results(ran.metadata)]
    assert laws == [None, "a law", "ValueError", None]
    assert "x\n" in str(ran.cells[1].outputs[0].text), "what answers print stays"


def test_a_law_may_hold_a_colon():
    source = "#\nfrom em_helpers.checks import CheckFailure\nraise CheckFailure('a: b', 'c')"
    _, ran = verdicts(notebook(source))
    (result,) = stored_results(ran.metadata)
    assert (result.failure.law, result.points, result.maximum) == ("a: b", 0, 2)


def test_an_endless_loop_costs_its_test_and_says_so():
    found, _ = verdicts(notebook("#\nwhile True: pass", "#\nassert True"), timeout=2)
    assert found[0][:2] == (0, "CellTimeoutError")
    assert "look for an endless loop" in found[0][2]
    assert found[1] == (2, None, None)


def test_a_process_that_ends_costs_the_tests_that_had_no_turn():
    found, _ = verdicts(notebook("#\nassert True", "import os\nos._exit(3)", "#\nassert True"))
    assert found == [
        (2, None, None),
        (
            0,
            "ProcessEnded",
            "the process ended while the answers ran: it exited, or ran out of memory.",
        ),
    ]
