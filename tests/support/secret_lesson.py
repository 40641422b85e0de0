"""A lesson with exercises ``double`` and ``row_log_sums``, whose hidden data must stay secret."""

import copy
import functools

import nbformat

from em_authoring.lesson_paths import Lesson
from em_authoring.lesson_source import read_lesson_source
from em_authoring.student_release import make_releases
from em_grader.submissions.cell_roles import describe_cells
from em_grader.submissions.graded_notebook import put_outputs
from em_grader.submissions.read_submission import read_submission
from em_grader.submissions.rebuild import rebuild

HIDDEN_INPUT = "7.3415926535897"
HIDDEN_LAW = "the law of the locked drawer"
HIDDEN_CODE = "locked_drawer"
SECRETS = (HIDDEN_INPUT, "14.683185307179", HIDDEN_CODE)
"""What only the instructor may see: the data, the expected value and the code of a hidden test."""

MOST_DIGITS = 7
"""The number of digits of hidden data that a message may show, as SECURITY.md says."""

SOURCE = f"""---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
---

# Doubling and halving

```{{code-cell}} ipython3
import numpy as np

from em_helpers import checks, log_sum_exp
```

```{{code-cell}} ipython3
:nbgrader: {{grade_id: double, solution: true}}

def double(x):
    \"\"\"Twice x, an array.\"\"\"
    ### BEGIN SOLUTION
    return 2 * np.asarray(x)
    ### END SOLUTION
```

```{{code-cell}} ipython3
:nbgrader: {{grade_id: check-double, grade: true, points: 0, locked: true}}
:tags: [raises-exception]

checks.equals("double", checks.call(double, np.array([2.0]))[0], 4.0, law="twice as much")
checks.passed("double")
```

```{{code-cell}} ipython3
:nbgrader: {{grade_id: test-double, grade: true, points: 3, locked: true}}

# The hidden tests of double (3 points) run here when you hand in.
### BEGIN HIDDEN TESTS
import numpy as np
from em_helpers import checks

locked_drawer = np.array([[{HIDDEN_INPUT}, -1.5, 0.25], [1e-3, 12.0, -40.0]])
given = checks.array("double", checks.call(double, locked_drawer), (2, 3))
checks.agrees("double", given, 2 * locked_drawer, law="{HIDDEN_LAW}")
### END HIDDEN TESTS
```

```{{code-cell}} ipython3
:nbgrader: {{grade_id: row_log_sums, solution: true}}

def row_log_sums(a):
    \"\"\"log Σ_k exp a[n, k], (n,).\"\"\"
    ### BEGIN SOLUTION
    top = np.max(a, axis=1)
    return top + np.log(np.exp(a - top[:, None]).sum(axis=1))
    ### END SOLUTION
```

```{{code-cell}} ipython3
:nbgrader: {{grade_id: check-row_log_sums, grade: true, points: 0, locked: true}}
:tags: [raises-exception]

found = checks.call(row_log_sums, np.array([[0.0, 0.0]]))
checks.equals("the sum", found, np.log([2.0]), law="two equal terms")
checks.passed("row_log_sums")
```

```{{code-cell}} ipython3
:nbgrader: {{grade_id: test-row_log_sums, grade: true, points: 4, locked: true}}

# The hidden tests of row_log_sums (4 points) run here when you hand in.
### BEGIN HIDDEN TESTS
import numpy as np
from em_helpers import checks, log_sum_exp

for rows, columns in ((1, 2), (5, 3), (4, 1)):
    a = np.random.default_rng(rows).normal(-800.0, 30.0, (rows, columns))
    found = checks.array("the sums", checks.call(row_log_sums, a), (rows,))
    checks.agrees("the sums", found, log_sum_exp(a, 1), law="no exponent overflows")
### END HIDDEN TESTS
```

```{{code-cell}} ipython3
print("the reference says", log_sum_exp(np.array([[0.0, 0.0]]), axis=1).round(3))
```

Why is a maximum taken off first?

+++ {{"nbgrader": {{"grade_id": "why", "grade": true, "solution": true, "points": 3}}}}

<!-- BEGIN SOLUTION -->
So that no exponent overflows (3 points).
<!-- END SOLUTION -->
"""

POINTS = {"double": 3.0, "row_log_sums": 4.0}

RIGHT = {
    "double": "def double(x):\n    return x + x",
    "row_log_sums": (
        "def row_log_sums(a):\n"
        "    top = a.max(axis=1, keepdims=True)\n"
        "    return (top + np.log(np.exp(a - top).sum(axis=1, keepdims=True)))[:, 0]"
    ),
}


@functools.cache
def _built(folder):
    lesson = Lesson("09-doubling", folder)
    lesson.source.parent.mkdir(parents=True, exist_ok=True)
    lesson.source.write_text(SOURCE, "utf-8")
    source = read_lesson_source(lesson)
    return source, nbformat.reads(make_releases({lesson: source})[lesson], as_version=4)


def grade_notebook(server, notebook, limits=None):
    """Grade a rebuilt notebook, hidden tests included, and put the outputs into its cells.

    Parameters
    ----------
    server : em_grader.sandbox.server.grading_server.Server
    notebook : nbformat.NotebookNode
        Changed in place.
    limits : em_grader.sandbox.limits.Limits, optional

    Returns
    -------
    dict
        As ``em_grader.sandbox.server.lesson_workers.GradingJob.result``.
    """
    result = server.submit(describe_cells(notebook), limits).result()
    put_outputs(notebook, result["outputs"])
    return result


def leaks(text):
    """List what a text gives away of the hidden tests, plainly or in disguise.

    A number without its point, or with letters for its digits, counts as disguised.
    """
    plain = text.translate(str.maketrans("", "", "._"))
    starts = [secret.replace(".", "")[: MOST_DIGITS + 1] for secret in SECRETS[:2]]
    lettered = [start.translate(str.maketrans("0123456789", "abcdefghij")) for start in starts]
    return [
        *(secret for secret in SECRETS if secret in text),
        *(start for start in starts if start in plain),
        *(start for start in lettered if start in plain),
    ]


class SecretLesson:
    """The lesson's source and release.

    Parameters
    ----------
    folder : Path
        An empty folder.
    """

    def __init__(self, folder):
        self.source, self._release = _built(folder)

    def release(self):
        """Copy the students' notebook."""
        return copy.deepcopy(self._release)

    def filled(self, answers):
        """Copy the students' notebook with these answers, by name."""
        notebook = self.release()
        for cell in notebook.cells:
            cell.source = answers.get(_name(cell), cell.source)
        return notebook

    def ready(self, path):
        """Rebuild a submitted file with its hidden tests, as nbgrader would; also its notes."""
        rebuilt = rebuild(self.release(), read_submission(path))
        tests = {_name(c): c.source for c in self.source.cells if _name(c).startswith("test-")}
        for cell in rebuilt.notebook.cells:
            cell.source = tests.get(_name(cell), cell.source)
        return rebuilt.notebook, rebuilt.notes


def _name(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")
