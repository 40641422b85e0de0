"""Every change that the grader makes to nbgrader's own code, each with its reason.

``apply_patches`` makes all of them. ``nbgrader_config.py`` calls it for nbgrader's commands and for
Formgrader, ``em_grader.read_gradebook`` for whoever reads a gradebook without that configuration.
"""

import functools
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import nbgrader.api
import nbgrader.dbutil
import sqlalchemy
from alembic.script import ScriptDirectory
from nbgrader.coursedir import CourseDirectory

from em_grader.submissions.read_submission import read_timestamp


def apply_patches() -> None:
    """Replace the functions below in nbgrader, for this process; a second call changes nothing."""
    nbgrader.api.create_engine = _engine
    nbgrader.api.get_alembic_version = _newest_revision
    nbgrader.dbutil.check_call = _check_call
    CourseDirectory.get_existing_timestamp = _existing_timestamp


@functools.cache
def _engine(url: str, **options: Any) -> sqlalchemy.Engine:
    """One database engine per gradebook, in place of one per ``nbgrader.api.Gradebook``.

    nbgrader opens the gradebook about a dozen times per submission. Each time it makes an engine,
    which compiles every query again. Since https://github.com/jupyter/nbgrader/pull/561 (the answer
    to issue 560, "sqlalchemy error when invoking autograder") closing a gradebook disposes of its
    engine. An engine that was disposed of opens new connections when it is used again, so that
    sharing one keeps the compiled queries and still leaves no connection open.
    """
    return sqlalchemy.create_engine(url, **options)


def _newest_revision() -> str:
    """The newest revision of the gradebook's schema, in place of ``get_alembic_version``.

    nbgrader asks ``alembic heads``, a program that it starts by its name alone (since
    https://github.com/jupyter/nbgrader/pull/764, "Migrate database with alembic"). The name is not
    found where nbgrader runs in a virtual environment that is not activated, and then no gradebook
    can be made. Asking alembic's library needs no program.
    """
    return ScriptDirectory(nbgrader.dbutil.ALEMBIC_DIR).get_heads()[0]


def _check_call(command: Sequence[str], **options: Any) -> int:
    """``subprocess.check_call`` for ``nbgrader db upgrade``, with this Python's alembic.

    The reason is that of ``_newest_revision``: ``nbgrader.dbutil`` starts ``alembic`` by its name.
    """
    program, *arguments = command
    if program == "alembic":
        command = [sys.executable, "-m", "alembic", *arguments]
    return subprocess.check_call(command, **options)


def _existing_timestamp(_: CourseDirectory, folder: str) -> datetime | None:
    """When a submission was handed in, in place of ``CourseDirectory.get_existing_timestamp``.

    The file that says so comes from the student. nbgrader accepts an empty one
    (https://github.com/jupyter/nbgrader/issues/580) but ends the whole process at one that it
    cannot parse (https://github.com/jupyter/nbgrader/pull/591), fails at one that is not text, and
    follows a symbolic link. Here a time that cannot be read is no time, and the batch goes on.
    """
    return read_timestamp(Path(folder))
