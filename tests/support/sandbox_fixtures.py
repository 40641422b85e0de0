"""Fixtures that grade a notebook in the sandbox, without nbgrader's files around it.

The environment variable EM_SANDBOX names the sandbox, as in ``EM_SANDBOX=landlock pytest ...``.
"""

import json
import os

import nbformat
import pytest
from nbgrader.utils import determine_grade, is_grade, is_solution

from em_grader.sandbox.limits import Limits
from em_grader.sandbox.server.grading_server import Server
from tests.support.secret_lesson import SecretLesson, grade_notebook, leaks

LIMITS = Limits(cell=4.0, call=2.0, test=5.0, memory=1 << 30)


@pytest.fixture(scope="session")
def server():
    """A grading server with its fork server."""
    server = Server(os.environ.get("EM_SANDBOX", "auto"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def target(tmp_path_factory):
    """The lesson that attacks are aimed at."""
    return SecretLesson(tmp_path_factory.mktemp("target"))


@pytest.fixture
def graded(server, target, tmp_path):
    """A function from a notebook, or a file's text, to a ``GradedNotebook``."""

    def grade(submission, limits=LIMITS):
        path = tmp_path / "submission.ipynb"
        text = submission if isinstance(submission, str) else nbformat.writes(submission)
        path.write_text(text, "utf-8")
        notebook, notes = target.ready(path)
        result = grade_notebook(server, notebook, limits)
        return GradedNotebook(notebook, notes, result["restarts"])

    return grade


class GradedNotebook:
    """A graded notebook with its points, errors and outputs."""

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
        """Find a cell by its grade id."""
        return next(c for c in self.notebook.cells if _grade_id(c) == name)

    def error(self, test):
        """Find the error output of a test by its grade id; None if there is none."""
        outputs = self._tests[test].outputs
        return next((output for output in outputs if output.output_type == "error"), None)

    def text(self):
        """Return all outputs as text, without the tests' own code."""
        return json.dumps([c.get("outputs", []) for c in self.notebook.cells])

    def leaks(self):
        """List what an output gives away of the hidden tests."""
        return leaks(self.text())


def _grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")
