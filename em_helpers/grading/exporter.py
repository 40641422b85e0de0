"""nbgrader's way in: what ``Autograde.exporter_class`` is set to in ``nbgrader_config.py``."""

from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_markdown_cell

from em_helpers.grading.rebuild import Rebuilt, rebuild
from em_helpers.grading.submission import Unreadable, read_submission

NOTES = "em_helpers_grading"
"""The notebook metadata that holds the notes and whether the file could be read."""


class RebuildExporter(NotebookExporter):
    """Read a submission as the release with the student's answers in it.

    nbgrader reads each submission once from ``submitted/``, which is where this happens, and
    once more from ``autograded/``, which is left as it is. A file that cannot be read is graded
    as a release without answers, and says so.
    """

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
        if Path(filename).resolve().parent != submission.resolve():
            return super().from_filename(filename, resources, **options)
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
        for note in rebuilt.notes:
            self.log.warning("%s: %s", filename, note)
        rebuilt.notebook.metadata[NOTES] = {"notes": rebuilt.notes, "readable": readable}
        if rebuilt.notes:
            rebuilt.notebook.cells.insert(0, _notes_cell(rebuilt.notes))
        return self.from_notebook_node(rebuilt.notebook, resources, **options)

    def _rebuilt(self, release, filename):
        notebook = nbformat.read(release, as_version=4)
        try:
            return rebuild(notebook, read_submission(filename)), True
        except Unreadable as error:
            note = (
                f"This submission could not be graded: {error}. It counts 0 points until the "
                f"instructor decides; hand in the notebook again."
            )
            return Rebuilt(notebook, [note]), False


def _notes_cell(notes):
    text = "**Notes from grading**\n\n" + "\n".join(f"* {note}" for note in notes)
    return new_markdown_cell(text, id="grading-notes")
