"""nbgrader's configuration: it is read from the folder where a command is started, this one."""

import os
import sys

c = get_config()  # noqa: F821

# nbgrader starts `alembic` by its name, which lies beside this Python, activated or not.
os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])

c.CourseDirectory.course_id = "em"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "course"

# nbgrader copies what it finds beside a notebook into the release and to where student code runs;
# the sources of the lessons and the attempts at their exercises stay where they are.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.md", "*.py",
]  # fmt: skip

c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
c.ClearSolutions.text_stub = "*Write your answer here.*"

# Each submission is built anew from the release, runs, and leaves hidden tests behind.
c.Autograde.exporter_class = "em_helpers.grading.exporter.RebuildExporter"
c.Autograde.autograde_preprocessors = [
    "em_helpers.grading.execute.ExecuteFairly",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
    "em_helpers.grading.pending.LeavePending",
    "nbgrader.preprocessors.ClearHiddenTests",
]
c.Execute.timeout = 15
c.Execute.shutdown_kernel = "immediate"
