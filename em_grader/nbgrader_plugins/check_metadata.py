"""nbgrader's check of its own cell metadata, once for all notebooks that have the same."""

import json

from nbformat import NotebookNode
from nbgrader.preprocessors import CheckCellMetadata

_VALID: set[str] = set()
"""The metadata of whole notebooks that passed, as JSON."""


class CheckMetadata(CheckCellMetadata):
    """Check a notebook's cell metadata unless a notebook with the same metadata has passed.

    Submissions are rebuilt from the release, so that a whole class has the same metadata.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Check the notebook, which stays as it is.

        Raises
        ------
        nbgrader.nbgraderformat.ValidationError
            As in nbgrader's own check.
        """
        marked = [cell for cell in nb.cells if cell.metadata.get("nbgrader") is not None]
        metadata = json.dumps(
            [[cell.cell_type, cell.metadata.nbgrader] for cell in marked], sort_keys=True
        )
        if metadata not in _VALID:
            nb, resources = super().preprocess(nb, resources)
            _VALID.add(metadata)
        return nb, resources
