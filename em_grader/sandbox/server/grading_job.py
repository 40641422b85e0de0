"""One notebook that is being graded."""

from collections.abc import Callable
from typing import Any

from em_grader.sandbox import serialization
from em_grader.sandbox.process_client import Child
from em_grader.sandbox.server.provided_outputs import ProvidedOutputs


class GradingJob:
    """A notebook that a lesson worker is grading; ``result`` waits for it.

    Parameters
    ----------
    worker : Child
        The lesson worker.
    give_back : callable
        Called with the worker, and whether it can grade another notebook.
    provided : ProvidedOutputs, optional
        Fills in the outputs of the lesson's own cells.
    """

    def __init__(
        self,
        worker: Child,
        give_back: Callable[[Child, bool], None],
        provided: ProvidedOutputs | None = None,
    ) -> None:
        self._worker, self._give_back, self._provided = worker, give_back, provided

    def result(self) -> Any:
        """Wait for the result.

        Returns
        -------
        dict
            ``outputs``: for each cell a list of outputs in nbformat's form;
            ``results``: for each hidden test an ``ExerciseResult`` as data;
            ``restarts``: how often a student's process was started again.

        Raises
        ------
        RuntimeError
            The trusted grader failed, which no answer should be able to cause.
        """
        try:
            status, value = serialization.receive(self._worker.socket)
        except (EOFError, ConnectionError):
            status, value = "failed", "its process ended."
        self._give_back(self._worker, status == "done")
        if status != "done":
            raise RuntimeError(f"the trusted grader failed: {value}")
        if self._provided is not None:
            provided = self._provided.outputs()
            value["outputs"] = [
                provided[outputs] if isinstance(outputs, int) else outputs
                for outputs in value["outputs"]
            ]
        return value
