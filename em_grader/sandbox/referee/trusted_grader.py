"""The trusted grader of one notebook, which runs the tests and none of the student's code.

A student's process is at its side. In it every cell runs in the notebook's order, as it would for
the student, and its outputs are kept; the visible checks call its answers. Hidden tests call them
when all cells have run, so that no later cell can print what a test hands to an answer. Where later
cells may have changed an earlier answer, hidden tests use a second process: it runs the cells once
more, each test calls it in its place, and its outputs are dropped. Where a test fails, another
process, without a line of the student's, runs the wrong answers that the lesson lists.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from em_grader.exercise_result import ExerciseResult
from em_grader.sandbox import random_state, serialization
from em_grader.sandbox.fork_server_client import ProcessClient
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.message_types import Cell, KnownAnswers
from em_grader.sandbox.referee import cell_names
from em_grader.sandbox.referee.answer_errors import AnswerError
from em_grader.sandbox.referee.explain_failure import describe_failure, partial_credit, safe_failure
from em_grader.sandbox.referee.lesson_code import (
    ProvidedCells,
    captured_output,
    run_lesson_cell,
)
from em_grader.sandbox.referee.misconceptions import Call, Misconceptions
from em_grader.sandbox.referee.safe_messages import StudentText
from em_grader.sandbox.referee.student_process import StudentProcess, TimeBudget
from em_grader.sandbox.referee.test_namespace import NamespaceBuilder
from em_grader.sandbox.referee.tests_after_last_cell import is_order_independent
from em_grader.sandbox.worker.shell import CUT

MAX_OUTPUT_BYTES = serialization.MAX_TREE_BYTES * 3 // 4
"""Bytes that all outputs of one notebook may take, serialized."""


class TrustedGrader:
    """Grades one notebook of a lesson with known answers."""

    def __init__(
        self,
        cells: Sequence[Cell],
        limits: Limits,
        process_client: ProcessClient,
        known_answers: KnownAnswers,
    ):
        self._cells, self._limits, self._known_answers = cells, limits, known_answers
        budget = TimeBudget(limits.notebook)
        self._visible_process = StudentProcess(process_client, limits, budget)
        self._second_process = StudentProcess(process_client, limits, budget)
        self._known_answers_process = StudentProcess(
            process_client, limits, TimeBudget(limits.notebook)
        )
        self._output_bytes_left = MAX_OUTPUT_BYTES
        self._provided_cells = ProvidedCells(cells)
        self._cell_errors: dict[int, AnswerError] = {}
        self._skipped: set[int] = set()
        self._results: list[ExerciseResult] = []
        self._explains = False
        self._student_text = StudentText(
            cell["source"] for cell in cells if cell["kind"] in ("answer", "added")
        )
        self._namespaces = NamespaceBuilder(
            cells, self._provided_cells, self._student_text, limits, self._cell_errors
        )

    def provided_outputs(self) -> list[Any]:
        """Run the self-contained provided cells, and return their outputs in order."""
        outputs = [self._run(index) for index in sorted(self._provided_cells.self_contained)]
        self._visible_process.stop()
        return outputs

    def grade(self) -> dict[str, Any]:
        """Run the student's cells, the tests, and the provided cells that those need.

        Returns
        -------
        dict
            ``outputs`` of each cell, where an integer is an index into ``provided_outputs``;
            ``results``, for each hidden test an ``ExerciseResult`` as data; ``restarts``, how
            often a student's process was started again.
        """
        provided = self._provided_cells
        self._skipped = provided.self_contained - provided.needed_by_students()
        outputs = [self._limited(self._run(index)) for index in range(len(self._cells))]
        process = self._visible_process
        if not is_order_independent(self._cells, self._skipped):
            process.stop()
            process = self._second_process
        runs_again = process is self._second_process
        for index, cell in enumerate(self._cells):
            if cell["kind"] == "test":
                outputs[index] = self._test(index, process)
            elif runs_again and index not in self._cell_errors.keys() | self._skipped:
                self._run_again(index)
        process.stop()
        self._known_answers_process.stop()
        processes = self._visible_process, self._second_process
        return {
            "outputs": outputs,
            "results": [result.as_data() for result in self._results],
            "restarts": sum(max(0, process.restarts) for process in processes),
        }

    def explain(self) -> dict[str, Any]:
        """Grade as ``grade`` does, with the instructor's details of each failed hidden test."""
        self._explains = True
        return self.grade()

    def _limited(self, outputs):
        """Outputs while the notebook has room for them; after that errors, and a remark."""
        if not outputs or isinstance(outputs, int):
            return outputs
        try:
            size = len(serialization.pack(outputs))
        except serialization.SerializationError:
            size = self._output_bytes_left + 1
        if size > self._output_bytes_left:
            remark = {"output_type": "stream", "name": "stdout", "text": CUT}
            errors = [output for output in outputs if output["output_type"] == "error"]
            return [remark, *errors][:3]
        self._output_bytes_left -= size
        return outputs

    def _run(self, index):
        """The outputs of a cell for the student to see; none of a hidden test yet."""
        cell = self._cells[index]
        if index in self._skipped:
            return sorted(self._provided_cells.self_contained).index(index)
        if not cell["source"].strip() or cell["kind"] in ("text", "test"):
            return []
        if cell["kind"] == "check":
            outputs = self._test(index, self._visible_process)
            self._run_imports(cell, self._visible_process)
            return outputs
        try:
            outputs, _ = self._visible_process.run(cell["source"])
        except AnswerError as error:
            self._cell_errors[index] = error
            return [safe_failure(error, self._student_text, hidden=False).as_output()]
        return outputs

    def _run_again(self, index):
        """Run a cell in the second process."""
        cell = self._cells[index]
        try:
            if cell["kind"] == "check":
                self._run_imports(cell, self._second_process)
            elif cell["kind"] != "text" and cell["source"].strip():
                self._second_process.run(cell["source"])
        except AnswerError as error:
            self._cell_errors[index] = error

    def _run_imports(self, cell, process):
        """Run a check's imports, which later answers may use since they stay in a kernel."""
        imports = cell_names.import_statements(cell["source"])
        if imports:
            with contextlib.suppress(AnswerError):
                process.run(imports)

    def _test(self, index, process):
        """Run a check or a hidden test; keep the result of a hidden one and return its outputs."""
        cell = self._cells[index]
        is_hidden = cell["kind"] == "test"
        printed, calls = io.StringIO(), list[Call]()
        random_state.seed(cell["exercise"])
        try:
            with captured_output(printed):
                namespace = self._namespaces.build(index, process, calls)
                value = run_lesson_cell(cell["source"], namespace)
        except BaseException as error:
            text = printed.getvalue()[: self._limits.output]
            failure = self._failure(index, error, calls, text)
            result = ExerciseResult(cell["exercise"], 0.0, cell["points"], failure=failure)
        else:
            text = printed.getvalue()[: self._limits.output]
            result = self._passed(cell, value)
        if is_hidden:
            self._results.append(result)
            return result.as_outputs()
        stream = {"output_type": "stream", "name": "stdout", "text": text}
        return [*([stream] if text else []), *result.as_outputs()]

    def _passed(self, cell, value):
        maximum = cell["points"]
        points = partial_credit(value, maximum) if maximum else None
        if points is None:
            return ExerciseResult(cell["exercise"], maximum, maximum)
        return ExerciseResult(cell["exercise"], points, maximum, states_points=True)

    def _failure(self, index, error, calls, printed):
        cell = self._cells[index]
        if cell["kind"] != "test":
            return safe_failure(error, self._student_text, hidden=False)
        failure = safe_failure(error, self._student_text, hidden=True)
        details = None
        if self._explains:
            details = describe_failure(error, cell["source"], calls, printed)
        return replace(failure, hint=self._hint(index, error, calls), details=details)

    def _hint(self, index: int, error: BaseException, calls: Sequence[Call]) -> str | None:
        """The hint of the misconception that the answer has, if the lesson lists it."""
        exercise, above = self._cells[index]["exercise"], self._cells[:index]
        provided = [cell["source"] for cell in above if cell["kind"] == "provided"]
        answers = [
            cell["source"]
            for cell in above
            if cell["kind"] == "answer" and cell["exercise"] == exercise
        ]
        misconceptions = Misconceptions(
            exercise,
            self._known_answers,
            "".join(provided[:1]),
            self._known_answers_process,
            self._limits.call,
        )
        law = getattr(error, "law", type(error).__name__)
        exercise_calls = [call for call in calls if call.name == exercise]
        return misconceptions.hint("".join(answers[-1:]), law, exercise_calls)
