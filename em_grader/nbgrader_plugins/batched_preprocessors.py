"""nbgrader's preprocessors with one query and one commit per notebook instead of per cell.

A notebook's rows are read together, and its points are committed together: all or none. Cell
metadata are checked once for all notebooks that have the same. Submissions that could not be read
are marked. ``nbgrader_config.py`` puts these preprocessors in the place of nbgrader's.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from nbformat import NotebookNode
from nbgrader import preprocessors
from nbgrader.api import BaseCell, Gradebook, GradeCell, TaskCell

from em_grader.submissions.graded_notebook import is_readable

_VALID: set[str] = set()
"""The metadata of whole notebooks that passed, as JSON."""


class _BatchedPreprocessor(preprocessors.NbGraderPreprocessor):
    """What runs while one of nbgrader's preprocessors has its gradebook open.

    It follows nbgrader's preprocessor in the order of bases, so that ``super().preprocess`` there
    comes here, and from here to each cell.
    """

    gradebook: Any

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Preprocess each cell with the notebook's rows in memory, then commit."""
        gradebook = self.gradebook
        self.gradebook = self._batched(gradebook, resources["nbgrader"])
        try:
            result = super().preprocess(nb, resources)
        finally:
            self.gradebook = gradebook
        gradebook.db.commit()
        return result

    @staticmethod
    def _batched(gradebook: Gradebook, names: Mapping[str, str]) -> "_BatchedGradebook":
        """The gradebook with those rows in memory that the preprocessor asks for."""
        raise NotImplementedError


class OverwriteCells(preprocessors.OverwriteCells, _BatchedPreprocessor):
    """Put the source's locked cells back, hidden tests included."""

    @staticmethod
    def _batched(gradebook: Gradebook, names: Mapping[str, str]) -> "_BatchedGradebook":
        notebook = gradebook.find_notebook(names["notebook"], names["assignment"])
        graded_cells = [
            cell
            for kind in (TaskCell, GradeCell)
            for cell in gradebook.db.query(kind).filter(kind.notebook_id == notebook.id)
        ]
        return _BatchedGradebook(
            gradebook,
            {
                "find_source_cell": {cell.name: cell for cell in notebook.source_cells},
                "find_graded_cell": {cell.name: cell for cell in graded_cells},
            },
        )


class SaveAutoGrades(preprocessors.SaveAutoGrades, _BatchedPreprocessor):
    """Write a notebook's points and comments into the gradebook."""

    @staticmethod
    def _batched(gradebook: Gradebook, names: Mapping[str, str]) -> "_BatchedGradebook":
        submission = gradebook.find_submission_notebook(
            names["notebook"], names["assignment"], names["student"]
        )
        cells = gradebook.db.query(BaseCell.id, BaseCell.name)
        cell_names = dict(cells.filter(BaseCell.notebook_id == submission.notebook_id).all())

        def by_cell_name(rows: Iterable[Any]) -> dict[str, Any]:
            return {cell_names[row.cell_id]: row for row in rows}

        return _BatchedGradebook(
            gradebook,
            {
                "find_grade": by_cell_name(submission.grades),
                "find_comment": by_cell_name(submission.comments),
            },
        )


class _BatchedGradebook:
    """A gradebook as nbgrader's preprocessors use it for the cells of one notebook.

    ``rows`` has, for the name of a method such as ``find_grade``, the rows that it finds by cell
    name; the gradebook is asked for others, and raises for those that do not exist. This object is
    its own session, ``db``, whose ``commit`` waits for the end of the notebook.
    """

    def __init__(self, gradebook: Gradebook, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self._gradebook, self._rows, self.db = gradebook, rows, self

    def __getattr__(self, method: str) -> Any:
        if method not in self._rows:
            raise AttributeError(method)
        rows = self._rows[method]

        def find(cell_name: str, *notebook: str) -> Any:
            if cell_name in rows:
                return rows[cell_name]
            return getattr(self._gradebook, method)(cell_name, *notebook)

        return find

    def commit(self) -> None:
        """Do nothing: the whole notebook is committed at its end."""


class CheckMetadata(preprocessors.CheckCellMetadata):
    """Check a notebook's cell metadata unless a notebook with the same metadata has passed.

    Submissions are rebuilt from the release, so that a whole class has the same metadata.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Check the notebook, which stays as it is; raises as nbgrader's own check does."""
        marked = [cell for cell in nb.cells if cell.metadata.get("nbgrader") is not None]
        metadata = json.dumps(
            [[cell.cell_type, cell.metadata.nbgrader] for cell in marked], sort_keys=True
        )
        if metadata not in _VALID:
            nb, resources = super().preprocess(nb, resources)
            _VALID.add(metadata)
        return nb, resources


class MarkUnreadable(preprocessors.NbGraderPreprocessor):
    """Give a submission that could not be read to the instructor; until then it has 0 points."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Mark every grade in the gradebook; the notebook stays as it is."""
        if is_readable(nb):
            return nb, resources
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(
                names["notebook"], names["assignment"], names["student"]
            )
            for grade in submission.grades:
                grade.needs_manual_grade = True
            gradebook.db.commit()
        return nb, resources
