"""A small lesson to grade, and nbgrader with this course's patches, whichever test comes first."""

import nbformat
import pytest

from em_authoring.lesson_source import read_lesson_source
from em_authoring.student_release import make_releases
from em_grader.nbgrader_plugins import nbgrader_patches
from tests.support.doubling_lesson import build_lesson
from tests.support.sandbox_fixtures import graded, server, target

__all__ = ["graded", "server", "target"]

nbgrader_patches.apply_patches()


@pytest.fixture(scope="session")
def small_lesson(tmp_path_factory):
    """A lesson in a course directory of its own, its solution notebook written."""
    return build_lesson(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def small_release_text(small_lesson):
    return make_releases({small_lesson: read_lesson_source(small_lesson)})[small_lesson]


@pytest.fixture
def small_release(small_release_text):
    return nbformat.reads(small_release_text, as_version=4)
