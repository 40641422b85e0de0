"""The namespace in which a test runs: the lesson's own names, and proxies for the student's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from em_grader.sandbox.lesson_data import Cell
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.referee import cell_names
from em_grader.sandbox.referee.answer_errors import (
    AnswerError,
    ReferenceUsed,
    recreate_exception,
)
from em_grader.sandbox.referee.misconceptions import Call
from em_grader.sandbox.referee.provided_cells import ProvidedCells
from em_grader.sandbox.referee.proxy import AnswerProxy, CallTimer
from em_grader.sandbox.referee.safe_messages import StudentText
from em_grader.sandbox.referee.static_check import find_reference_call
from em_grader.sandbox.referee.student_process import StudentProcess

CODE_KINDS = ("provided", "answer", "added")
"""The kinds of cells that run in the student's process."""


class NamespaceBuilder:
    """Builds the namespaces of a notebook's tests.

    Parameters
    ----------
    cells : list of Cell
    provided_cells : ProvidedCells
    student_text : StudentText
    limits : Limits
    cell_errors : dict of int to AnswerError
        What cost the process, by the index of the cell; it may grow.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        provided_cells: ProvidedCells,
        student_text: StudentText,
        limits: Limits,
        cell_errors: Mapping[int, AnswerError],
    ):
        self._cells, self._provided_cells = cells, provided_cells
        self._student_text, self._limits, self._cell_errors = student_text, limits, cell_errors

    def build(self, index: int, process: StudentProcess, calls: list[Call]) -> dict[str, Any]:
        """Build the namespace of a test.

        Names of provided cells are the lesson's own, whatever the student made of them; names of
        exercises and all others are the student's.

        Parameters
        ----------
        index : int
            Of the test's cell.
        process : StudentProcess
        calls : list of Call
            The record to which the calls of the answers are added.

        Raises
        ------
        AnswerError
            The answer is not defined, or calls the reference.
        """
        cell = self._cells[index]
        exercises = self._provided_cells.exercises_above(index)
        used = cell_names.free_names(cell["source"])
        namespace = self._provided_cells.namespace(used - exercises, index)
        missing = used - set(namespace)
        described = process.describe(missing)
        timer, allowlist = CallTimer(self._limits), set(cell["allowlisted"])
        for name in missing:
            if name in exercises:
                self._refuse_reference(name, index, allowlist)
            if name not in described:
                if name in exercises or name == cell["exercise"]:
                    raise self._why_undefined(name, index)
                continue
            kind, value = described[name]
            if kind == "function":
                allowed = allowlist if name in exercises else {"*"}
                parameters = self._safe_parameters(value)
                value = AnswerProxy(name, parameters, process, timer, allowed, calls)
            namespace[name] = value
        return namespace

    def _safe_parameters(self, parameters):
        """A function's parameters, if their names are the student's: they could hold data."""
        if type(parameters) is not list:
            return None
        if not all(type(each) is list and len(each) == 2 for each in parameters):
            return None
        is_safe = all(
            type(name) is str and self._student_text.has_name(name) for name, _ in parameters
        )
        return parameters if is_safe else None

    def _refuse_reference(self, exercise, index, allowlist):
        above = [cell for cell in self._cells[:index] if cell["kind"] in CODE_KINDS]
        answers = [cell["source"] for cell in above if cell["exercise"] == exercise]
        sources = tuple(cell["source"] for cell in above)
        if answers:
            refusal = find_reference_call(answers[-1], sources, frozenset(allowlist))
            if refusal:
                raise ReferenceUsed(refusal)

    def _why_undefined(self, exercise, index):
        """The error that kept an answer from being defined, or one that says it is not."""
        for above in range(index, -1, -1):
            if self._cells[above]["exercise"] == exercise and above in self._cell_errors:
                return self._cell_errors[above]
        return recreate_exception(
            "NameError",
            [],
            f"{exercise} is not defined after its cell has run; keep the name and the signature, "
            f"and see that the cell runs without an error.",
            safe_to_show=True,
        )
