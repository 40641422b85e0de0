"""A lesson of three cells, small enough to grade in a moment.

Whichever test comes first, nbgrader is the one that the grader uses.
"""

import nbformat
import pytest

from em_authoring.lesson import Lesson
from em_authoring.lesson_source import read_lesson_source
from em_authoring.release import make_releases
from em_grader.nbgrader_plugins import nbgrader_patches

nbgrader_patches.apply_patches()

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


@pytest.fixture(scope="session")
def small_lesson(tmp_path_factory):
    """A lesson in a course directory of its own, its solution notebook written."""
    lesson = Lesson("09-doubling", tmp_path_factory.mktemp("course"))
    lesson.source.parent.mkdir(parents=True)
    lesson.source.write_text(SOURCE, "utf-8")
    nbformat.write(read_lesson_source(lesson), lesson.solution)
    return lesson


@pytest.fixture(scope="session")
def small_release_text(small_lesson):
    return make_releases({small_lesson: read_lesson_source(small_lesson)})[small_lesson]


@pytest.fixture
def small_release(small_release_text):
    return nbformat.reads(small_release_text, as_version=4)
