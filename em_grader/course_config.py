"""Load the nbgrader configuration of a course directory."""

import contextlib
import os
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url
from traitlets.config import Config


def load_course(course: Path) -> tuple[Config, CourseDirectory]:
    """Load the configuration that nbgrader's commands use in a course directory.

    Returns
    -------
    config : traitlets.config.Config
    directory : nbgrader.coursedir.CourseDirectory
        Its ``db_url`` is the address of the gradebook. A relative path of a SQLite file is made
        absolute, since it refers to the course directory.
    """
    with contextlib.chdir(course):
        app = NbGrader()
        app.load_config_file()
    root = os.path.abspath(course)
    app.config.CourseDirectory.root = root
    directory = CourseDirectory(config=app.config)
    directory.db_url = _with_absolute_path(directory.db_url, root)
    return app.config, directory


def source_folder(directory: CourseDirectory, assignment: str) -> Path:
    """Return the folder of a course that holds the source of a lesson."""
    return Path(directory.format_path(directory.source_directory, ".", assignment))


def _with_absolute_path(db_url: str, root: str) -> str:
    url = make_url(db_url)
    path = url.database
    if url.get_backend_name() != "sqlite" or not path or path.startswith((":memory:", "file:")):
        return db_url
    absolute = url.set(database=os.path.join(root, path))
    return absolute.render_as_string(hide_password=False)
