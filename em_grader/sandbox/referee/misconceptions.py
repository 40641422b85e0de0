"""Recognition of misconceptions: which listed wrong answer a failed answer agrees with, if any.

A test's calls of the answer are recorded. Where the test fails, the wrong answers that fail at the
same law are called with the same arguments, in a sandboxed process of their own: their code never
comes near the student's.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from em_grader.sandbox import random_state, serialization
from em_grader.sandbox.message_types import KnownAnswers
from em_grader.sandbox.referee.answer_errors import AnswerError
from em_grader.sandbox.referee.student_process import StudentProcess
from em_helpers.checks.comparison import RELATIVE_TOLERANCE


@dataclass(frozen=True)
class Call:
    """A call of an answer by a test."""

    name: str
    arguments: tuple  # as they were before the call
    options: dict[str, Any]  # the keyword arguments
    result: object = None  # None if the call raised
    changed: dict[int, Any] | None = None  # arguments changed in place, by position
    raised: str | None = None  # the exception's name


class Misconceptions:
    """The misconceptions about one exercise that its lesson lists.

    The listed answers need ``setup``, the lesson's imports, and run in ``process``, which has no
    code of a student. One call may take ``call_seconds``.
    """

    def __init__(
        self,
        exercise: str,
        known_answers: KnownAnswers,
        setup: str,
        process: StudentProcess,
        call_seconds: float,
    ):
        self._exercise = exercise
        self._wrong = [each for each in known_answers["wrong"] if each["exercise"] == exercise]
        self._right = known_answers["right"].get(exercise)
        self._setup, self._process, self._call_seconds = setup, process, call_seconds

    def hint(self, answer: str, law: str, calls: Sequence[Call]) -> str | None:
        """Find the hint of the first misconception that an answer has, or None.

        An answer has a misconception if its syntax is that of the wrong answer, or if the wrong
        answer gives the same result at every recorded call and a right one does not. Only wrong
        answers that fail at the given law (or with the exception of that name) are compared.
        """
        candidates = [wrong for wrong in self._wrong if wrong["law"] == law]
        answer_syntax = syntax(answer)
        for wrong in candidates:
            if answer_syntax is not None and syntax(wrong["source"]) == answer_syntax:
                return wrong["hint"]
        if not (candidates and calls and self._right):
            return None
        try:
            self._process.run(self._setup)
            for wrong in candidates:
                if self._reproduces(wrong["source"], calls):
                    is_right_as_well = self._reproduces(self._right, calls)
                    return None if is_right_as_well else wrong["hint"]
            return None
        except AnswerError:
            return None

    def _reproduces(self, source, calls):
        """Whether a listed answer gives the recorded result at every call."""
        random_state.seed(self._exercise)
        try:
            self._process.run(source)
        except AnswerError:
            return False
        return all(_calls_agree(call, self._repeat(call)) for call in calls)

    def _repeat(self, call):
        request = call.name, call.arguments, call.options
        try:
            result, changed, _ = self._process.call(*request, self._call_seconds, {"*"})
        except AnswerError as error:
            return Call(*request, raised=type(error).__name__)
        return Call(*request, result, changed)


def syntax(source: str) -> str | None:
    """Describe a cell's syntax without layout, comments and docstrings; None if it is invalid."""
    try:
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
                del node.body[0]
        return ast.dump(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def results_agree(value: object, other: object) -> bool:
    """Compare two results of answers to the tolerance of the checks."""
    numbers, other_numbers = _numbers(value), _numbers(other)
    if numbers is not None and other_numbers is not None:
        return numbers.shape == other_numbers.shape and _numbers_agree(numbers, other_numbers)
    if isinstance(value, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(value) == len(other) and all(map(results_agree, value, other))
    if isinstance(value, np.random.Generator) and isinstance(other, np.random.Generator):
        return True
    if isinstance(value, dict) and isinstance(other, dict):
        return value.keys() == other.keys() and all(
            results_agree(value[key], other[key]) for key in value
        )
    if isinstance(value, np.ndarray) and isinstance(other, np.ndarray):
        return value.shape == other.shape and results_agree(
            value.ravel().tolist(), other.ravel().tolist()
        )
    if isinstance(value, serialization.Opaque):
        return type(value).__name__ == type(other).__name__
    return type(value) is type(other) and value == other


def _calls_agree(call, other):
    if call.raised or other.raised:
        return call.raised == other.raised
    return results_agree(call.result, other.result) and results_agree(call.changed, other.changed)


def _numbers(value):
    if not isinstance(value, (bool, int, float, complex, list, tuple, np.ndarray, np.generic)):
        return None
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        return None
    return array if array.dtype.kind in "biufc" else None


def _numbers_agree(numbers, other_numbers):
    finite = np.isfinite(numbers)
    if not np.array_equal(numbers[~finite], other_numbers[~finite], equal_nan=True):
        return False
    if not np.isfinite(other_numbers[finite]).all():
        return False
    values, expected = numbers[finite].astype(complex), other_numbers[finite].astype(complex)
    largest = np.abs(expected).max(initial=0.0)
    return bool((np.abs(values - expected) <= RELATIVE_TOLERANCE * largest).all())
