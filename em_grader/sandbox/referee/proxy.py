"""A proxy for a student's function: tests call it, and the call runs in the student's process."""

from __future__ import annotations

import copy
import inspect
import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from em_grader.sandbox.limits import Limits
from em_grader.sandbox.referee.answer_errors import AnswerError, TimeLimitExceeded
from em_grader.sandbox.referee.misconceptions import Call
from em_grader.sandbox.referee.student_process import StudentProcess


class AnswerProxy:
    """A function that lives in a student's process.

    Parameters
    ----------
    name : str
    parameters : list of (str, int), or None
        Names and kinds as ``inspect.Parameter`` has them; None if they are unknown.
    process : StudentProcess
    timer : CallTimer
    allowlist : set of str
        The functions of the reference that it may call.
    calls : list of Call
        The record to which calls are added.
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
    """The time that the calls of one test have left.

    Parameters
    ----------
    limits : Limits
    """

    def __init__(self, limits: Limits):
        self._call, self._test = limits.call, limits.test
        self._left, self._started = limits.test, 0.0

    def start(self) -> float:
        """Start to time a call; returns the seconds that it may take.

        Raises
        ------
        TimeLimitExceeded
            The earlier calls took all the time of the test.
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
