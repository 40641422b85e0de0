"""A fork server and a target for the whole session; grading without nbgrader's files around it.

The environment's EM_SANDBOX names the sandbox to try, as in ``EM_SANDBOX=landlock pytest ...``.
"""

import json
import os

import nbformat
import pytest
from nbgrader.utils import determine_grade, is_grade, is_solution

from em_grader.sandbox.limits import Limits
from em_grader.sandbox.server.grading_server import Server
from tests.hostile.lesson import Target, grade_notebook, leaks

LIMITS = Limits(cell=4.0, call=2.0, test=5.0, memory=1 << 30)


@pytest.fixture(scope="session")
def server():
    server = Server(os.environ.get("EM_SANDBOX", "auto"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def target(tmp_path_factory):
    return Target(tmp_path_factory.mktemp("target"))


@pytest.fixture
def graded(server, target, tmp_path):
    """A function from a notebook, or a file's text, to a ``Graded``."""

    def grade(submission, limits=LIMITS):
        path = tmp_path / "submission.ipynb"
        text = submission if isinstance(submission, str) else nbformat.writes(submission)
        path.write_text(text, "utf-8")
        notebook, notes = target.ready(path)
        result = grade_notebook(server, notebook, limits)
        return Graded(notebook, notes, result["restarts"])

    return grade


class Graded:
    """A notebook with its outputs, as a test wants to see it."""

    def __init__(self, notebook, notes, restarts):
        self.notebook, self.notes, self.restarts = notebook, notes, restarts
        tests = [c for c in notebook.cells if is_grade(c) and not is_solution(c)]
        self._tests = {cell.metadata.nbgrader.grade_id: cell for cell in tests}
        self.points = {
            name.removeprefix("test-"): determine_grade(cell)[0]
            for name, cell in self._tests.items()
            if name.startswith("test-")
        }

    def cell(self, name):
        """A cell by its grade id."""
        return next(c for c in self.notebook.cells if _grade_id(c) == name)

    def error(self, test):
        """The error output of a test by its grade id, or None."""
        outputs = self._tests[test].outputs
        return next((each for each in outputs if each.output_type == "error"), None)

    def text(self):
        """Everything that anybody would be shown, but for the tests' own code."""
        return json.dumps([c.get("outputs", []) for c in self.notebook.cells])

    def leaks(self):
        """What an output gives away of the hidden tests."""
        return leaks(self.text())


def _grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")
