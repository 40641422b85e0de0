"""Read submissions for nbgrader: the class that ``Autograde.exporter_class`` is set to."""

import copy
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets import default

from em_grader.nbgrader_plugins import prefetch
from em_grader.submissions.graded_notebook import notes_cell, write_notes
from em_grader.submissions.read_submission import (
    UNREADABLE_TIMESTAMP,
    UnreadableSubmission,
    find_symbolic_links,
    has_unreadable_timestamp,
    read_submission,
    remove_copies,
)
from em_grader.submissions.rebuild import RebuiltNotebook, read_release, rebuild

SANDBOX_EXECUTE = "em_grader.nbgrader_plugins.sandbox_execute.SandboxExecute"
"""The preprocessor that runs student code in a sandbox, as nbgrader's configuration names it."""


class SubmissionExporter(NotebookExporter):
    """Read a submission as the released notebook with the student's answers in it.

    nbgrader reads each submission twice. From ``submitted/`` it is rebuilt here; from
    ``autograded/`` it is read as it is. A file that cannot be read is graded as a release without
    answers, with a note that says so.

    nbgrader makes the exporter before it touches a submission. Where the configured sandbox does
    not hold on this machine, making it raises ``NbGraderException``; so earlier results stay.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if SANDBOX_EXECUTE in getattr(self.parent, "autograde_preprocessors", []):
            self._require_sandbox()

    @default("optimistic_validation")
    def _validate_only_what_is_written(self) -> bool:
        return True

    def _require_sandbox(self) -> None:
        # the sandbox's modules need Linux, and submissions that are trusted are read elsewhere too
        from em_grader.nbgrader_plugins.sandbox_execute import SandboxExecute

        try:
            SandboxExecute(config=self.config).server()
        except (RuntimeError, ValueError) as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Export one notebook file; nbgrader's resources name student, assignment and notebook.

        Raises ``FileNotFoundError`` if the lesson has not been released.
        """
        if resources is None:
            raise ValueError("nbgrader's resources name the student; there are none")
        names = resources["nbgrader"]
        submission = self._folder("submitted_directory", names["student"], names["assignment"])
        if Path(filename).parent.resolve() != submission.resolve():
            return super().from_filename(filename, resources, **kw)
        graded = self._folder("autograded_directory", names["student"], names["assignment"])
        link_notes = remove_copies(find_symbolic_links(submission), graded)
        prefetched = prefetch.pop_rebuilt(self.parent, filename)
        if prefetched:
            return prefetched
        rebuilt, readable = self._rebuild(filename, names["assignment"], names["notebook"])
        if has_unreadable_timestamp(submission):
            rebuilt.notes.append(UNREADABLE_TIMESTAMP)
        rebuilt.notes += link_notes
        for note in rebuilt.notes:
            self.log.warning("%s: %s", filename, note)
        write_notes(rebuilt.notebook, rebuilt.notes, readable=readable)
        if rebuilt.notes:
            rebuilt.notebook.cells.insert(0, notes_cell(rebuilt.notes))
        return self.from_notebook_node(rebuilt.notebook, resources, **kw)

    def _folder(self, step: str, student: str, assignment: str) -> Path:
        """The folder of an assignment, for a step as ``CourseDirectory`` names it."""
        converter: Any = self.parent
        directory: CourseDirectory = converter.coursedir
        return Path(directory.format_path(getattr(directory, step), student, assignment))

    def _rebuild(
        self, filename: str, assignment: str, notebook: str
    ) -> tuple[RebuiltNotebook, bool]:
        """The submission rebuilt from the release, and whether it could be read."""
        path = self._folder("release_directory", ".", assignment) / f"{notebook}.ipynb"
        if not path.exists():
            raise FileNotFoundError(
                f"{path} does not exist, and submissions are rebuilt from it: run "
                f"nbgrader generate_assignment {assignment} first."
            )
        release = read_release(path)
        try:
            return rebuild(release, read_submission(filename)), True
        except UnreadableSubmission as error:
            note = (
                f"This submission could not be graded: {error}. It counts 0 points until the "
                f"instructor decides; hand in the notebook again."
            )
            return RebuiltNotebook(copy.deepcopy(release), [note]), False
