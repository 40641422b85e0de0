"""nbgrader's way in: what ``Autograde.exporter_class`` is set to in ``nbgrader_config.py``."""

import copy
import functools
import os
import stat
from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_markdown_cell
from nbgrader.converters.base import NbGraderException
from traitlets import default

from em_grader.nbgrader_plugins import nbgrader_patches, prefetch
from em_grader.submissions.notes import NOTES
from em_grader.submissions.read_submission import UnreadableSubmission, read_submission
from em_grader.submissions.rebuild import Rebuilt, rebuild

RUN_JAILED = "em_grader.nbgrader_plugins.sandbox_execute.SandboxExecute"
"""As nbgrader's configuration names it."""

TIMESTAMP = "timestamp.txt"
"""Where nbgrader keeps when a submission was handed in."""

NO_TIME = (
    "The time at which this was handed in cannot be read: it counts as handed in on time until "
    "the instructor decides."
)


class SubmissionExporter(NotebookExporter):
    """Read a submission as the release with the student's answers in it.

    nbgrader reads each submission once from ``submitted/``, which is where this happens, and
    once more from ``autograded/``, which is left as it is. A file that cannot be read is graded
    as a release without answers, and says so.

    It is made before nbgrader touches a submission. So where student code cannot be run, nbgrader
    is stopped here, and what was graded before stays.
    """

    def __init__(self, **options):
        super().__init__(**options)
        nbgrader_patches.keep()
        directory = getattr(self.parent, "coursedir", None)
        if directory is not None:
            directory.get_existing_timestamp = functools.partial(_time_in, directory)
        if RUN_JAILED in getattr(self.parent, "autograde_preprocessors", []):
            self._see_what_runs()

    @default("optimistic_validation")
    def _validate_what_is_written_only(self):
        return True

    def _see_what_runs(self):
        from em_grader.nbgrader_plugins.sandbox_execute import SandboxExecute

        try:
            SandboxExecute(config=self.config).server()
        except (RuntimeError, ValueError) as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error

    def from_filename(self, filename, resources=None, **options):
        """Export one file; nbgrader's resources say whose it is.

        Parameters
        ----------
        filename : str
        resources : dict
        **options
            Passed on.

        Returns
        -------
        tuple of str and ResourcesDict

        Raises
        ------
        FileNotFoundError
            The lesson has not been released.
        """
        directory = self.parent.coursedir
        submission = Path(
            directory.format_path(
                directory.submitted_directory,
                resources["nbgrader"]["student"],
                resources["nbgrader"]["assignment"],
            )
        )
        if Path(filename).parent.resolve() != submission.resolve():
            return super().from_filename(filename, resources, **options)
        links = self._without_links(submission, resources["nbgrader"])
        known = prefetch.rebuilt(self.parent, filename)
        if known:
            return known
        release = Path(
            directory.format_path(
                directory.release_directory, ".", resources["nbgrader"]["assignment"]
            ),
            resources["nbgrader"]["notebook"] + ".ipynb",
        )
        if not release.exists():
            raise FileNotFoundError(
                f"{release} does not exist, and submissions are rebuilt from it: run "
                f"nbgrader generate_assignment {resources['nbgrader']['assignment']} first."
            )
        rebuilt, readable = self._rebuilt(release, filename)
        timed = directory.get_existing_timestamp(str(submission)) is not None
        if not timed and (submission / TIMESTAMP).exists():
            rebuilt.notes.append(NO_TIME)
        rebuilt.notes += links
        for note in rebuilt.notes:
            self.log.warning("%s: %s", filename, note)
        rebuilt.notebook.metadata[NOTES] = {"notes": rebuilt.notes, "readable": readable}
        if rebuilt.notes:
            rebuilt.notebook.cells.insert(0, _notes_cell(rebuilt.notes))
        return self.from_notebook_node(rebuilt.notebook, resources, **options)

    def _without_links(self, submission, place):
        """Remove what nbgrader copied for links: whoever hands one in chooses where it leads."""
        directory, notes = self.parent.coursedir, []
        graded = directory.format_path(
            directory.autograded_directory, place["student"], place["assignment"]
        )
        for folder, _, files in os.walk(submission):
            for path in (Path(folder, name) for name in files):
                if path.is_symlink() and path.suffix != ".ipynb":
                    notes.append(f"{path.name!a} is a symbolic link, which is not followed.")
                    Path(graded, path.relative_to(submission)).unlink(missing_ok=True)
        return notes

    def _rebuilt(self, release, filename):
        notebook = _read(release, release.stat().st_mtime_ns)
        try:
            return rebuild(notebook, read_submission(filename)), True
        except UnreadableSubmission as error:
            note = (
                f"This submission could not be graded: {error}. It counts 0 points until the "
                f"instructor decides; hand in the notebook again."
            )
            return Rebuilt(copy.deepcopy(notebook), [note]), False


@functools.lru_cache(maxsize=4)
def _read(release, written):
    """A release, read once for a class."""
    return _with_ids(nbformat.read(release, as_version=4))


def _time_in(directory, folder):
    """When a submission was handed in; None if nobody can tell, where nbgrader ends the batch."""
    try:
        if not stat.S_ISREG(os.lstat(os.path.join(folder, TIMESTAMP)).st_mode):
            return None
        return type(directory).get_existing_timestamp(directory, folder)
    except (SystemExit, Exception):
        return None


def _with_ids(notebook):
    """A release as of nbformat 4.5; before, cells had no ids."""
    if notebook.nbformat_minor < 5:
        for number, cell in enumerate(notebook.cells):
            cell["id"] = f"cell-{number}"
        notebook.nbformat_minor = 5
    return notebook


def _notes_cell(notes):
    text = "**Notes from grading**\n\n" + "\n".join(f"* {note}" for note in notes)
    return new_markdown_cell(text, id="grading-notes")
