"""A server that grades, the lesson that attacks are aimed at, and a small lesson for whole runs."""

import pytest

from tests.support.doubling_lesson import build_lesson
from tests.support.sandbox_fixtures import graded, server, target

__all__ = ["graded", "server", "target"]


@pytest.fixture(scope="session")
def small_lesson(tmp_path_factory):
    return build_lesson(tmp_path_factory.mktemp("course"))
