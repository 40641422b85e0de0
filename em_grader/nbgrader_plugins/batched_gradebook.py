"""nbgrader's preprocessors that ask the gradebook cell by cell, given a notebook's rows at once.

nbgrader queries for each cell, and writes each cell's points to the disk before it turns to the
next. Here a few queries serve a notebook, and its points reach the disk together: all or none.
"""

from nbgrader import preprocessors
from nbgrader.api import BaseCell, GradeCell, TaskCell


class _WholeNotebook(preprocessors.NbGraderPreprocessor):
    """Comes after one of nbgrader's in the order of bases: what runs within its open gradebook."""

    def preprocess(self, nb, resources):
        """Let each cell be preprocessed with the notebook's rows at hand, then commit."""
        gradebook = self.gradebook
        self.gradebook = self._rows(gradebook, resources["nbgrader"])
        try:
            result = super().preprocess(nb, resources)
        finally:
            self.gradebook = gradebook
        gradebook.db.commit()
        return result


class OverwriteCells(preprocessors.OverwriteCells, _WholeNotebook):
    """Put the source's locked cells back, hidden tests and all."""

    @staticmethod
    def _rows(gradebook, place):
        notebook = gradebook.find_notebook(place["notebook"], place["assignment"])
        graded = [
            cell
            for kind in (TaskCell, GradeCell)
            for cell in gradebook.db.query(kind).filter(kind.notebook_id == notebook.id)
        ]
        return _Rows(gradebook, source_cell=notebook.source_cells, graded_cell=graded)


class SaveAutoGrades(preprocessors.SaveAutoGrades, _WholeNotebook):
    """Write a notebook's points into the gradebook."""

    @staticmethod
    def _rows(gradebook, place):
        submission = gradebook.find_submission_notebook(
            place["notebook"], place["assignment"], place["student"]
        )
        cells = gradebook.db.query(BaseCell.id, BaseCell.name)
        names = dict(cells.filter(BaseCell.notebook_id == submission.notebook_id).all())
        return _Rows(gradebook, names, grade=submission.grades, comment=submission.comments)


class _Rows:
    """A gradebook as nbgrader's preprocessors ask it about one notebook.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
        Answers what is not at hand, which includes what is missing.
    names : dict, optional
        Of cells by their ids, where rows have no names of their own.
    **rows : list
        What ``find_grade`` and the like find, by what follows ``find_``.
    """

    def __init__(self, gradebook, names=None, **rows):
        self._gradebook, self.db = gradebook, self
        for kind, found in rows.items():
            by_name = {names[row.cell_id] if names else row.name: row for row in found}
            setattr(self, f"find_{kind}", self._finding(by_name, kind))

    def commit(self):
        """Leave it for the notebook's end."""

    def _finding(self, by_name, kind):
        def find(name, *place):
            if name in by_name:
                return by_name[name]
            return getattr(self._gradebook, f"find_{kind}")(name, *place)

        return find
