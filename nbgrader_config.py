"""nbgrader's configuration: it is read from the folder where a command is started, this one."""

import os
import sys

from em_grader.nbgrader_plugins import mathml

c = get_config()  # noqa: F821

# nbgrader starts `alembic` by its name, which lies beside this Python, activated or not.
os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])

c.CourseDirectory.course_id = "em"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "course"

# nbgrader copies what it finds beside a notebook into the release and to where student code runs;
# the sources of the lessons and the wrong answers to their exercises stay where they are.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.md", "*.py",
    "wrong_answers",
]  # fmt: skip

# The release lies in course/ from the start; a gradebook learns of a lesson when it is made anew.
c.GenerateAssignment.force = True

c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
c.ClearSolutions.text_stub = "*Write your answer here.*"

# Each submission is built anew from the release, runs in a sandbox, and leaves hidden tests behind.
# EM_SANDBOX=none runs it in a plain kernel instead: for answers that are trusted.
SANDBOX = os.environ.get("EM_SANDBOX", "auto")
RUN_PLAINLY = "em_grader.nbgrader_plugins.plain_execute.PlainExecute"
RUN_JAILED = "em_grader.nbgrader_plugins.sandbox_execute.SandboxExecute"

c.Autograde.exporter_class = "em_grader.nbgrader_plugins.exporter.SubmissionExporter"
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "em_grader.nbgrader_plugins.batched_gradebook.OverwriteCells",
    "em_grader.nbgrader_plugins.check_metadata.CheckMetadata",
]
c.Autograde.autograde_preprocessors = [
    RUN_PLAINLY if SANDBOX == "none" else RUN_JAILED,
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "em_grader.nbgrader_plugins.batched_gradebook.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "em_grader.nbgrader_plugins.check_metadata.CheckMetadata",
    "em_grader.nbgrader_plugins.mark_unreadable.MarkUnreadable",
    "nbgrader.preprocessors.ClearHiddenTests",
]
c.SandboxExecute.sandbox = SANDBOX
c.SandboxExecute.call_timeout = 10
c.SandboxExecute.memory = 2048
c.Execute.timeout = 15
c.Execute.shutdown_kernel = "immediate"

# Formulas in Formgrader and in feedback are translated to MathML: no script, no network.
c.HTMLExporter.extra_template_basedirs = mathml.TEMPLATES
c.HTMLExporter.filters = mathml.FILTERS
