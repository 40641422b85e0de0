"""nbgrader's check of its own metadata, which are the same in every submission to a lesson."""

import json

from nbgrader.preprocessors import CheckCellMetadata

_SOUND = set()
"""The metadata of whole notebooks that passed, as text."""


class CheckMetadata(CheckCellMetadata):
    """Check a notebook unless one with the same metadata has passed.

    Submissions are rebuilt from the release, so that a whole class has the same.
    """

    def preprocess(self, nb, resources):
        """Leave the notebook as it is, or raise.

        Raises
        ------
        nbgrader.nbgraderformat.ValidationError
            As nbgrader's own.
        """
        marked = [[cell.cell_type, cell.metadata.get("nbgrader")] for cell in nb.cells]
        marking = json.dumps([each for each in marked if each[1] is not None], sort_keys=True)
        if marking not in _SOUND:
            nb, resources = super().preprocess(nb, resources)
            _SOUND.add(marking)
        return nb, resources
