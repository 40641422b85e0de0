"""Settings for nbgrader that decide what students may see of a lesson."""

from traitlets.config import Config

SOLUTION = ("BEGIN SOLUTION", "END SOLUTION")
"""The marks around a solution in a lesson's source; students get a stub in its place."""
HIDDEN_TESTS = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
"""The marks around hidden tests in a lesson's source; students get nothing in their place."""

CODE_STUB = "raise NotImplementedError"
TEXT_STUB = "*Write your answer here.*"

SOURCE_FOLDER = "solutions"
"""The folder of a course directory that holds the lessons' sources."""
RELEASE_FOLDER = "course"
"""The folder of a course directory that holds the students' notebooks."""

IGNORED_FILES = (
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "*.md",
    "*.py",
    "wrong_answers",
)
"""Files beside a lesson's notebook that nbgrader must not copy into the release.

They are nbgrader's own list, the lessons' sources, and the wrong answers to the exercises.
"""


def release_settings() -> Config:
    """nbgrader's settings for making a release, without anything about grading."""
    config = Config()
    config.CourseDirectory.source_directory = SOURCE_FOLDER
    config.CourseDirectory.release_directory = RELEASE_FOLDER
    config.CourseDirectory.ignore = list(IGNORED_FILES)
    config.ClearSolutions.begin_solution_delimeter = SOLUTION[0]
    config.ClearSolutions.end_solution_delimeter = SOLUTION[1]
    config.ClearSolutions.code_stub = {"python": CODE_STUB}
    config.ClearSolutions.text_stub = TEXT_STUB
    config.ClearHiddenTests.begin_test_delimeter = HIDDEN_TESTS[0]
    config.ClearHiddenTests.end_test_delimeter = HIDDEN_TESTS[1]
    return config
