"""What nbgrader's configuration of a course says."""

import contextlib
import os

from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory


def configured(course):
    """nbgrader's configuration of a course, and its folders.

    Parameters
    ----------
    course : Path

    Returns
    -------
    config : traitlets.config.Config
    directory : nbgrader.coursedir.CourseDirectory
        Its ``db_url`` says where the gradebook is.
    """
    with contextlib.chdir(course):
        app = NbGrader()
        app.load_config_file()
    app.config.CourseDirectory.root = os.path.abspath(course)
    return app.config, CourseDirectory(config=app.config)
