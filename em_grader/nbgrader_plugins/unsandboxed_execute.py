"""Execute rebuilt submissions in an ordinary kernel, without a sandbox, for trusted answers."""

import ast
from typing import Any

from jupyter_client.manager import KernelManager
from nbclient.exceptions import DeadKernelError
from nbclient.util import ensure_async
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import Execute

from em_grader.exercise_result import ExerciseResult, Failure, store_results
from em_grader.sandbox.limits import MAX_MESSAGE_LENGTH
from em_grader.submissions.cell_roles import describe_cells, is_test

_TIMEOUT = "CellTimeoutError"
_PROCESS_ENDED = Failure(
    "ProcessEnded",
    "ProcessEnded",
    "the process ended while the answers ran: it exited, or ran out of memory.",
)
_LAW = "getattr(__import__('sys').last_value, 'law', None)"
"""Evaluated in the kernel: the law of the last exception, if a check raised it."""


class PlainExecute(Execute):
    """nbgrader's own execution, where a test cell fails if it raises and passes otherwise.

    What an answer prints, warns or writes to stderr costs no points. The traceback is dropped,
    since it shows the lines of the hidden test. A kernel's error message has no place for the law
    that a check found broken, so the kernel is asked for it after each failed test.
    """

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict, km: KernelManager | None = None
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Run every cell, and replace the outputs of test cells by the results."""
        self._laws: dict[int, str | None] = {}
        try:
            nb, resources = super().preprocess(nb, resources, km=km)
            has_died = False
        except DeadKernelError:
            has_died = True
        results = []
        for index, (cell, description) in enumerate(zip(nb.cells, describe_cells(nb), strict=True)):
            if cell.cell_type != "code" or not is_test(cell):
                continue
            if has_died and not cell.execution_count:
                failure = _PROCESS_ENDED
            else:
                failure = _failure(cell.outputs, self._laws.get(index))
            exercise, maximum = description["exercise"], description["points"]
            result = ExerciseResult(exercise, 0.0 if failure else maximum, maximum, False, failure)
            cell.outputs = [from_dict(output) for output in result.as_outputs()]
            if description["kind"] == "test":
                results.append(result)
        store_results(nb.metadata, results)
        return nb, resources

    async def on_cell_executed(self, **details: Any) -> None:
        """Record the law that broke, if the cell is a test that failed."""
        super().on_cell_executed(**details)
        reply = details["execute_reply"]["content"]
        failed = reply["status"] == "error" and reply["ename"] != _TIMEOUT
        if failed and is_test(details["cell"]):
            request = self.kc.execute("", silent=True, user_expressions={"law": _LAW})
            reply = await self.async_wait_for_reply(await ensure_async(request))
            value = reply["content"]["user_expressions"]["law"]
            law = ast.literal_eval(value["data"]["text/plain"]) if value["status"] == "ok" else None
            self._laws[details["cell_index"]] = law


def _failure(outputs, law):
    """The failure that a test's outputs show, None if there is no error among them."""
    errors = [output for output in outputs if output.output_type == "error"]
    if not errors:
        return None
    name, message = errors[-1].ename, errors[-1].evalue
    if name == _TIMEOUT:
        message = "the answer did not come to an end in the time allowed; look for an endless loop."
    if len(message) > MAX_MESSAGE_LENGTH:
        message = message[:MAX_MESSAGE_LENGTH] + " ..."
    return Failure(law or name, name, message)
