"""Mark the grades of a submission that could not be read as waiting for the instructor."""

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from em_grader.submissions.notes import is_readable


class MarkUnreadable(NbGraderPreprocessor):
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
