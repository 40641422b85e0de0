"""Finding the listed wrong answer to an exercise that a failed answer is or computes, if any.

A test's calls of the answer are recorded as they are made. Where the test fails, the wrong answers
that fail at the same law get the same arguments, in a jailed process of their own: their code never
comes near the student's.
"""

import ast
from dataclasses import dataclass

import numpy as np

from em_grader.sandbox import random_state, serialization
from em_grader.sandbox.referee import answer_errors
from em_helpers.checks.comparison import RELATIVE_TOLERANCE

_TOLD = "Hint: "


@dataclass(frozen=True)
class Call:
    """One call of an answer, as a test made it.

    Attributes
    ----------
    name : str
    arguments : tuple
        As they were before it.
    options : dict
    result : object
        What came back, None where it raised.
    changed : dict of int to object
        The arguments that were changed in place.
    raised : str or None
        The exception's name.
    """

    name: str
    arguments: tuple
    options: dict
    result: object = None
    changed: dict | None = None
    raised: str | None = None


class Misconceptions:
    """The wrong answers to one exercise.

    Parameters
    ----------
    name : str
    wrong_answers : list of dict
        Each with ``source``, ``law`` and ``hint``.
    right_answer : str or None
        The source of one that earns the points.
    setup : str
        What the listed answers need to run first: the lesson's imports.
    process : em_grader.sandbox.referee.student_process.Process
        Not a student's, to run them in.
    seconds : float
        For one call of a listed answer.
    """

    def __init__(self, name, wrong_answers, right_answer, setup, process, seconds):
        self._name = name
        self._wrong, self._right = wrong_answers, right_answer
        self._setup, self._process, self._seconds = setup, process, seconds

    def hint(self, answer, law, calls):
        """Find the hint of the first wrong answer that an answer is or computes.

        Parameters
        ----------
        answer : str
            The answer's cell.
        law : str
            Where it failed: a law's name or an exception's.
        calls : list of Call
            What the failed test asked of the answer. A wrong answer that gives the same at each of
            them, where the right answer differs at one, is what the answer computes.

        Returns
        -------
        str or None
        """
        candidates = [each for each in self._wrong if each["law"] == law]
        own = form(answer)
        for wrong in candidates:
            if own is not None and form(wrong["source"]) == own:
                return wrong["hint"]
        if not (candidates and calls and self._right):
            return None
        try:
            self._process.run(self._setup)
            met = next((each for each in candidates if self._gives(each["source"], calls)), None)
            known = met is not None and not self._gives(self._right, calls)
            return met["hint"] if known else None
        except answer_errors.AnswerError:
            return None

    def _gives(self, source, calls):
        """Whether a listed answer gives what was recorded at every call."""
        random_state.seed(self._name)
        try:
            self._process.run(source)
        except answer_errors.AnswerError:
            return False
        return all(_same(call, self._again(call)) for call in calls)

    def _again(self, call):
        given = call.name, call.arguments, call.options
        try:
            result, changed, _ = self._process.call(*given, self._seconds, {"*"})
        except answer_errors.AnswerError as error:
            return Call(*given, raised=type(error).__name__)
        return Call(*given, result, changed)


def told(hint):
    """A hint as a line of a test's output."""
    return f"{_TOLD}{hint}"


def hint_in(output):
    """The hint that a test's output tells, or None.

    Parameters
    ----------
    output : dict
        An error output in nbformat's form; its first line is the student's message.
    """
    lines = [line for line in output["traceback"][1:] if line.startswith(_TOLD)]
    return lines[-1].removeprefix(_TOLD) if lines else None


def form(source):
    """A cell's syntax without layout, comments and docstrings, or None if it has none.

    Parameters
    ----------
    source : str

    Returns
    -------
    str or None
    """
    try:
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
                del node.body[0]
        return ast.dump(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def alike(value, other):
    """Whether two results are one as far as a check would see.

    Parameters
    ----------
    value, other : object
        As ``wire.unpack`` gives them.

    Returns
    -------
    bool
    """
    numbers, others = _numbers(value), _numbers(other)
    if numbers is not None and others is not None:
        return numbers.shape == others.shape and _near(numbers, others)
    if isinstance(value, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(value) == len(other) and all(map(alike, value, other))
    if isinstance(value, np.random.Generator) and isinstance(other, np.random.Generator):
        return True
    if isinstance(value, dict) and isinstance(other, dict):
        return value.keys() == other.keys() and all(alike(value[k], other[k]) for k in value)
    if isinstance(value, np.ndarray) and isinstance(other, np.ndarray):
        return value.shape == other.shape and alike(value.ravel().tolist(), other.ravel().tolist())
    if isinstance(value, serialization.Opaque):
        return type(value).__name__ == type(other).__name__
    return type(value) is type(other) and value == other


def _same(call, other):
    if call.raised or other.raised:
        return call.raised == other.raised
    return alike(call.result, other.result) and alike(call.changed, other.changed)


def _numbers(value):
    if not isinstance(value, (bool, int, float, complex, list, tuple, np.ndarray, np.generic)):
        return None
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        return None
    return array if array.dtype.kind in "biufc" else None


def _near(numbers, others):
    finite = np.isfinite(numbers)
    if not np.array_equal(numbers[~finite], others[~finite], equal_nan=True):
        return False
    if not np.isfinite(others[finite]).all():
        return False
    near, far = numbers[finite].astype(complex), others[finite].astype(complex)
    largest = np.abs(far).max(initial=0.0)
    return bool((np.abs(near - far) <= RELATIVE_TOLERANCE * largest).all())
