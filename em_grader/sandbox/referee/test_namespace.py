"""The namespace in which a test runs: the lesson's own names, and proxies for the student's."""

from __future__ import annotations

import copy
import inspect
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from em_grader.sandbox.limits import Limits
from em_grader.sandbox.message_types import Cell
from em_grader.sandbox.referee import cell_names
from em_grader.sandbox.referee.answer_errors import (
    AnswerError,
    ReferenceUsed,
    TimeLimitExceeded,
    recreate_exception,
)
from em_grader.sandbox.referee.find_reference_calls import find_reference_call
from em_grader.sandbox.referee.lesson_code import ProvidedCells
from em_grader.sandbox.referee.misconceptions import Call
from em_grader.sandbox.referee.safe_messages import StudentText
from em_grader.sandbox.referee.student_process import StudentProcess

CODE_KINDS = ("provided", "answer", "added")
"""The kinds of cells that run in the student's process."""


class AnswerProxy:
    """A function that lives in a student's process: tests call it, and the call runs there.

    ``parameters`` has names and kinds as ``inspect.Parameter`` has them, None if they are unknown.
    The function may call those functions of the reference that are in ``allowlist``. Each call is
    added to the record ``calls``.
    """

    def __init__(
        self,
        name: str,
        parameters: Sequence | None,
        process: StudentProcess,
        timer: CallTimer,
        allowlist: set[str],
        calls: list[Call],
    ):
        self.__name__, self._process, self._calls = name, process, calls
        self._timer, self._allowlist = timer, allowlist
        signature = _signature(parameters)
        if signature is not None:
            self.__signature__ = signature

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Call the function, and change the arguments in place as the call did."""
        seconds = self._timer.start()
        request = self.__name__, *copy.deepcopy((arguments, options))
        try:
            result, changed, printed = self._process.call(
                self.__name__, arguments, options, seconds, self._allowlist
            )
        except TimeLimitExceeded:
            self._timer.stop()
            self._timer.start()
            raise
        except AnswerError as error:
            self._calls.append(Call(*request, raised=type(error).__name__))
            raise
        self._timer.stop()
        self._calls.append(Call(*request, result, changed))
        for position, after in changed.items():
            if type(position) is int and 0 <= position < len(arguments):
                _update_in_place(arguments[position], after)
        sys.stdout.write(printed)
        return result

    def __repr__(self) -> str:
        return f"<function {self.__name__} of the submission>"


class CallTimer:
    """The time that the calls of one test have left."""

    def __init__(self, limits: Limits):
        self._call, self._test = limits.call, limits.test
        self._left, self._started = limits.test, 0.0

    def start(self) -> float:
        """Start to time a call; returns the seconds that it may take.

        Raises ``TimeLimitExceeded`` if the earlier calls took all the time of the test.
        """
        if self._left <= 0:
            raise TimeLimitExceeded(
                f"the calls of this test took more than the {self._test:g} s that are allowed."
            )
        self._started = time.monotonic()
        return min(self._call, max(self._left, 0.1))

    def stop(self) -> None:
        """Subtract the time of the last call."""
        self._left -= time.monotonic() - self._started


def _signature(parameters):
    try:
        return inspect.Signature(
            [inspect.Parameter(name, inspect._ParameterKind(kind)) for name, kind in parameters]
        )
    except (TypeError, ValueError):
        return None


def _update_in_place(argument, after):
    """Give an argument the value that the call left in it, as far as its type is mutable."""
    if isinstance(argument, np.ndarray) and isinstance(after, np.ndarray):
        if argument.shape == after.shape and argument.flags.writeable:
            np.copyto(argument, after.astype(argument.dtype))
    elif isinstance(argument, list) and isinstance(after, list):
        argument[:] = after
    elif isinstance(argument, dict) and isinstance(after, dict):
        argument.clear()
        argument.update(after)
    elif isinstance(argument, tuple) and isinstance(after, tuple):
        for part, part_after in zip(argument, after, strict=False):
            _update_in_place(part, part_after)
    elif isinstance(argument, np.random.Generator) and isinstance(after, np.random.Generator):
        argument.bit_generator.state = after.bit_generator.state


class NamespaceBuilder:
    """Builds the namespaces of a notebook's tests.

    ``cell_errors`` holds what cost the process, by the index of the cell; it may grow.
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
        """Build the namespace of the test at an index; calls of the answers are added to ``calls``.

        Names of provided cells are the lesson's own, whatever the student made of them; names of
        exercises and all others are the student's.

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
