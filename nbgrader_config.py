"""nbgrader's configuration: it is read from the folder where a command is started, this one."""

import os

from em_authoring.nbgrader_release_config import release_settings
from em_grader.nbgrader_plugins import mathml, nbgrader_patches

c = get_config()  # noqa: F821

nbgrader_patches.apply_patches()

c.CourseDirectory.course_id = "em"

# What students get of a lesson.
c.merge(release_settings())

# The release lies in course/ from the start, while a new gradebook does not know it yet.
c.GenerateAssignment.force = True

# Each submission is rebuilt from the release and runs in a sandbox, without the hidden tests.
# EM_SANDBOX=none runs it in an ordinary kernel instead: for answers that are trusted.
SANDBOX = os.environ.get("EM_SANDBOX", "auto")
PLAIN_EXECUTE = "em_grader.nbgrader_plugins.unsandboxed_execute.PlainExecute"
SANDBOX_EXECUTE = "em_grader.nbgrader_plugins.sandbox_execute.SandboxExecute"

c.Autograde.exporter_class = "em_grader.nbgrader_plugins.submission_exporter.SubmissionExporter"
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "em_grader.nbgrader_plugins.batched_preprocessors.OverwriteCells",
    "em_grader.nbgrader_plugins.batched_preprocessors.CheckMetadata",
]
c.Autograde.autograde_preprocessors = [
    PLAIN_EXECUTE if SANDBOX == "none" else SANDBOX_EXECUTE,
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "em_grader.nbgrader_plugins.batched_preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "em_grader.nbgrader_plugins.batched_preprocessors.CheckMetadata",
    "em_grader.nbgrader_plugins.batched_preprocessors.MarkUnreadable",
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
