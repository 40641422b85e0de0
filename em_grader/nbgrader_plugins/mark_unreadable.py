"""A file that could not be read: 0 points for now, and a place in the instructor's queue."""

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from em_grader.submissions.notes import NOTES


class MarkUnreadable(NbGraderPreprocessor):
    """Mark the grades of an unreadable submission as waiting for the instructor."""

    def preprocess(self, nb, resources):
        """Leave a readable submission alone."""
        if nb.metadata.get(NOTES, {}).get("readable", True):
            return nb, resources
        place = resources["nbgrader"]
        with Gradebook(place["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(
                place["notebook"], place["assignment"], place["student"]
            )
            for grade in submission.grades:
                grade.needs_manual_grade = True
            gradebook.db.commit()
        return nb, resources
