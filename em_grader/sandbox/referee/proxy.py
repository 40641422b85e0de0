"""What a test holds in place of a student's function: a call goes to the other process."""

import copy
import inspect
import sys
import time

import numpy as np

from em_grader.sandbox.referee import answer_errors
from em_grader.sandbox.referee.misconceptions import Call


class AnswerProxy:
    """A function that lives in a student's process.

    Parameters
    ----------
    name : str
    parameters : list of (str, int), or None
        Names and kinds as ``inspect.Parameter`` has them.
    process : em_grader.sandbox.referee.student_process.Process
    clock : Clock
    allowed : set of str
        What it may call of the reference.
    calls : list of Call
        Where its calls are written down.
    """

    def __init__(self, name, parameters, process, clock, allowed, calls):
        self.__name__, self._process, self._calls = name, process, calls
        self._clock, self._allowed = clock, allowed
        signature = _signature(parameters)
        if signature is not None:
            self.__signature__ = signature

    def __call__(self, *arguments, **options):
        """Call the function; what it changed in its arguments is changed here as well."""
        seconds = self._clock.seconds()
        given = self.__name__, *copy.deepcopy((arguments, options))
        try:
            result, changed, printed = self._process.call(
                self.__name__, arguments, options, seconds, self._allowed
            )
        except answer_errors.TimeLimitExceeded:
            self._clock.stop()
            self._clock.seconds()
            raise
        except answer_errors.AnswerError as error:
            self._calls.append(Call(*given, raised=type(error).__name__))
            raise
        self._clock.stop()
        self._calls.append(Call(*given, result, changed))
        for place, after in changed.items():
            if type(place) is int and 0 <= place < len(arguments):
                _copy(after, arguments[place])
        sys.stdout.write(printed)
        return result

    def __repr__(self):
        return f"<function {self.__name__} of the submission>"


class Clock:
    """How much time the calls of one test have left.

    Parameters
    ----------
    limits : em_grader.sandbox.limits.Limits
    """

    def __init__(self, limits):
        self._call, self._test, self._left, self._since = limits.call, limits.test, limits.test, 0.0

    def seconds(self):
        """What the next call may take.

        Raises
        ------
        TimeLimitExceeded
            The calls before it took all there was.
        """
        if self._left <= 0:
            raise answer_errors.TimeLimitExceeded(
                f"the calls of this test took more than the {self._test:g} s that are allowed."
            )
        self._since = time.monotonic()
        return min(self._call, max(self._left, 0.1))

    def stop(self):
        """Take off what the last call took."""
        self._left -= time.monotonic() - self._since


def _signature(parameters):
    try:
        return inspect.Signature(
            [inspect.Parameter(name, inspect._ParameterKind(kind)) for name, kind in parameters]
        )
    except (TypeError, ValueError):
        return None


def _copy(after, before):
    """Make an argument what the call left of it, where it can be changed at all."""
    if isinstance(before, np.ndarray) and isinstance(after, np.ndarray):
        if before.shape == after.shape and before.flags.writeable:
            np.copyto(before, after.astype(before.dtype))
    elif isinstance(before, list) and isinstance(after, list):
        before[:] = after
    elif isinstance(before, dict) and isinstance(after, dict):
        before.clear()
        before.update(after)
    elif isinstance(before, tuple) and isinstance(after, tuple):
        for part, other in zip(after, before, strict=False):
            _copy(part, other)
    elif isinstance(before, np.random.Generator) and isinstance(after, np.random.Generator):
        before.bit_generator.state = after.bit_generator.state
