"""A lesson with three exercises, ``double``, ``halve`` and ``why``, that is graded in a moment."""

import nbformat

from em_authoring.lesson_paths import Lesson
from em_authoring.lesson_source import read_lesson_source

SOURCE = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
---

# Doubling and halving

```{code-cell} ipython3
import numpy as np
```

```{code-cell} ipython3
:nbgrader: {grade_id: double, solution: true}

def double(x):
    \"\"\"Twice x.\"\"\"
    ### BEGIN SOLUTION
    return 2 * np.asarray(x)
    ### END SOLUTION
```

```{code-cell} ipython3
:nbgrader: {grade_id: check-double, grade: true, points: 0, locked: true}
:tags: [raises-exception]

from em_helpers import checks

checks.equals("double", checks.call(double, 2.0), 4.0, law="twice as much")
```

```{code-cell} ipython3
:nbgrader: {grade_id: test-double, grade: true, points: 3, locked: true}

# The hidden tests of double (3 points) run here when you hand in.
### BEGIN HIDDEN TESTS
from em_helpers import checks

checks.agrees("double", checks.call(double, 3.25), 6.5, law="doubles secret numbers")
### END HIDDEN TESTS
```

```{code-cell} ipython3
:nbgrader: {grade_id: halve, solution: true}

def halve(x):
    \"\"\"Half of x.\"\"\"
    ### BEGIN SOLUTION
    return x / 2
    ### END SOLUTION
```

```{code-cell} ipython3
:nbgrader: {grade_id: check-halve, grade: true, points: 0, locked: true}
:tags: [raises-exception]

checks.equals("halve", checks.call(halve, 2.0), 1.0, law="half as much")
```

```{code-cell} ipython3
:nbgrader: {grade_id: test-halve, grade: true, points: 4, locked: true}

# The hidden tests of halve (4 points) run here when you hand in.
### BEGIN HIDDEN TESTS
from em_helpers import checks

checks.agrees("halve", checks.call(halve, 3.5), 1.75, law="halves secret numbers")
### END HIDDEN TESTS
```

Why is doubling before halving the same as halving before doubling?

+++ {"nbgrader": {"grade_id": "why", "grade": true, "solution": true, "points": 3}}

<!-- BEGIN SOLUTION -->
Multiplication commutes (3 points).
<!-- END SOLUTION -->
"""

NOISY = """
import sys
import warnings

def double(x):
    warnings.warn("doubling is deprecated")
    print("doubling", file=sys.stderr)
    print("doubling")
    return [x + x][0]
"""
"""A right answer that warns and prints."""
RIGHT = {"double": "def double(x):\n    return x + x", "halve": "def halve(x):\n    return x * 0.5"}
ANSWERS = {
    "right": RIGHT | {"why": "Because."},
    "noisy": RIGHT | {"double": NOISY},
    "wrong": RIGHT | {"double": "def double(x):\n    return x + 2"},
    "blank": {},
    "syntax": RIGHT | {"double": "def double(x:\n    return x"},
    "in-place": RIGHT | {"halve": "def halve(x):\n    x /= 2\n    return x"},
    "tells-its-input": RIGHT | {"double": "def double(x):\n    raise ValueError('saw ' * 500)"},
    "endless": RIGHT | {"double": "def double(x):\n    while True:\n        pass"},
    "exits": RIGHT | {"halve": "import os\ndef halve(x):\n    os._exit(3)"},
    "added-cell": RIGHT | {"double": "def double(x):\n    return twice * x"},
}
"""Answers to the exercises, by the name of the student who hands them in."""


def build_lesson(folder):
    """Write the lesson's source and its solution notebook into a course folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Lesson
    """
    lesson = Lesson("09-doubling", folder)
    lesson.source.parent.mkdir(parents=True)
    lesson.source.write_text(SOURCE, "utf-8")
    nbformat.write(read_lesson_source(lesson), lesson.solution)
    return lesson
