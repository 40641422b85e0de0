"""The hint of a known mistake, beside the law that it broke: what feedback tells a student."""

from nbgrader.preprocessors import NbGraderPreprocessor

from em_helpers.authoring.lesson import lesson
from em_helpers.grading.attempt import attempts
from em_helpers.grading.one_answer import known_mistake


class TellHints(NbGraderPreprocessor):
    """Give each test that an answer failed by a known mistake that mistake's hint.

    It stands in the cell's nbgrader metadata as ``hint``, from where the feedback's template takes
    it. A lesson that lists no attempts has no hints.
    """

    def preprocess(self, nb, resources):
        """Look at every failed test; the notebook that is graded stays as it is."""
        try:
            known = attempts(lesson(resources["nbgrader"]["assignment"]))
        except (ValueError, FileNotFoundError):
            return nb, resources
        marked = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in nb.cells}
        for name, cell in marked.items():
            exercise = (name or "").removeprefix("test-")
            failed = any(each.output_type == "error" for each in cell.get("outputs", []))
            if failed and exercise != name and exercise in marked:
                hint = known_mistake(known, exercise, marked[exercise].source)
                if hint:
                    cell.metadata.nbgrader["hint"] = hint
        return nb, resources
