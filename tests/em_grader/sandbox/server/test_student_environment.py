"""What a student's cells see of the grader, in a process of the real fork server: nothing."""

import json

import pytest

from em_grader.sandbox.server.grading_server import Server

pytestmark = pytest.mark.slow

LOOKS_FOR_THE_GRADER = """
import importlib.util, json, sys
found = []
for name in ("em_grader", "em_authoring"):
    try:
        __import__(name)
        found.append("import " + name)
    except ModuleNotFoundError as error:
        if str(error) != f"No module named '{name}'":
            found.append(str(error))
    if importlib.util.find_spec(name) is not None:
        found.append("find_spec " + name)
found += [name for name in sys.modules if name.startswith(("em_grader", "em_authoring"))]
found += [each for each in sys.argv + sys.orig_argv if "em_" in each]
import em_helpers, em_helpers.models
print(json.dumps(found))
"""

ERRORS = (
    "from em_helpers import GaussianMixture\nGaussianMixture(1, 2, 3)",
    "from em_helpers import log_sum_exp\nlog_sum_exp(1, 2, 3, 4)",
    "from em_helpers import log_sum_exp\ntry:\n    log_sum_exp()\nexcept TypeError as error:\n"
    "    raise KeyError('k') from error",
    "input()",
    "import sys\nsys.stdout.write(3)",
    "import em_grader",
    "1 / 0",
    "def f(:",
    "raise SystemExit",
)
"""Cells that fail in different ways."""

WARNS = """
import sys, warnings
warnings.warn_explicit("it fell", RuntimeWarning, sys.stdout.write.__code__.co_filename, 3)
"""


@pytest.fixture(scope="module", params=["namespaces", "landlock", "none"])
def shown(request):
    """A function from cells to their outputs."""
    server = Server(request.param)

    def run(*sources):
        cell = {"kind": "added", "exercise": "", "points": 0.0, "allowlisted": []}
        cells = [{**cell, "source": source} for source in sources]
        return server.submit(cells, include_provided=False).result()["outputs"]

    yield run
    server.stop()


def test_the_grader_is_not_visible(shown):
    ((output,),) = shown(LOOKS_FOR_THE_GRADER)
    assert json.loads(output["text"]) == []


def test_no_error_and_no_warning_names_the_grader(shown):
    outputs = shown(*ERRORS, WARNS)
    assert all(outputs), "each cell shows something"
    (missing,) = outputs.pop(ERRORS.index("import em_grader"))
    assert missing["evalue"] == "No module named 'em_grader'"
    assert "sandbox" not in json.dumps(missing)
    assert "RuntimeWarning: it fell" in json.dumps(outputs[-1])
    text = json.dumps(outputs)
    assert "em_grader" not in text
    assert "runtime_check" not in text
