"""The outputs of a lesson's provided cells are computed once, and anew after a failure."""

import pytest

from em_grader.sandbox.server.lesson_workers import ProvidedOutputs


class Job:
    """Ends with a prepared result or error."""

    def __init__(self, end):
        self._end = end

    def result(self):
        if isinstance(self._end, Exception):
            raise self._end
        return self._end


def test_what_the_lessons_own_cells_show_is_run_once_and_anew_after_a_failure():
    ends, started = iter([RuntimeError("the trusted grader failed"), ["a", "b"], ["never"]]), []

    def start():
        started.append(next(ends))
        return Job(started[-1])

    provided = ProvidedOutputs(start)
    assert len(started) == 1, "it runs beside the first notebook"
    with pytest.raises(RuntimeError, match="the trusted grader failed"):
        provided.outputs()
    assert provided.outputs() == ["a", "b"]
    assert provided.outputs() == ["a", "b"]
    assert len(started) == 2
