"""The errors of a student's answer and of the process that runs it, as a test meets them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from em_grader.sandbox.limits import Limits


class AnswerError(Exception):
    """A submitted answer gave no result."""

    lines: Sequence = ()
    """Function name, line number and text of the student's lines that the exception passed."""

    safe_to_show = False
    """Whether the grader itself wrote the message, so that it cannot hold hidden data."""


class TimeLimitExceeded(AnswerError):
    """A cell or a call ran longer than its limit."""

    safe_to_show = True


class ProcessEnded(AnswerError):
    """The student's process exited, crashed or was stopped by a limit."""

    safe_to_show = True


class NotSerializable(AnswerError):
    """An answer returned something that cannot be passed between processes, or too much of it."""

    safe_to_show = True


class ReferenceUsed(AnswerError):
    """An answer called the function that it should compute itself."""

    safe_to_show = True


BUILTIN_EXCEPTIONS: dict[str, type[Exception]] = {
    kind.__name__: kind
    for kind in (
        ArithmeticError, AssertionError, AttributeError, EOFError, FloatingPointError, ImportError,
        IndexError, KeyError, LookupError, MemoryError, ModuleNotFoundError, NameError,
        NotImplementedError, OSError, OverflowError, PermissionError, RecursionError, RuntimeError,
        StopIteration, SyntaxError, TypeError, UnboundLocalError, ValueError, ZeroDivisionError,
        np.exceptions.AxisError, np.linalg.LinAlgError,
    )
}  # fmt: skip
"""Exceptions of Python and NumPy, by name: their names cannot hold hidden data."""

_SIGNALS = {
    4: "an illegal instruction",
    6: "an abort",
    7: "a bus error",
    8: "an arithmetic fault",
    11: "a segmentation fault",
    31: "a system call that is not allowed",
}


def recreate_exception(
    name: str,
    bases: Iterable[str],
    message: str,
    lines: Sequence = (),
    safe_to_show: bool = False,
) -> AnswerError:
    """Recreate an exception of the student's process, so that a test can catch it by its name.

    Its class has that name, and derives from the built-in exception of that name if there is one,
    else from that of the nearest of ``bases``, the names of its base classes.
    """
    builtin = [BUILTIN_EXCEPTIONS[each] for each in (name, *bases) if each in BUILTIN_EXCEPTIONS]
    parents: tuple[type, ...] = (AnswerError, *builtin[:1])
    kind = type(name, parents, {"__str__": lambda self: str(self.args[0])})
    error = kind(message)
    error.lines, error.safe_to_show = lines, safe_to_show
    return error


def process_ended(status: int | None, limits: Limits) -> ProcessEnded:
    """Explain why a process ended, by its status as ``os.waitpid`` gives it, if it is known."""
    signal = None if status is None else _signal(status)
    if signal == 24:
        reason = f"it used more than the {limits.cpu} s of processor time that are allowed"
    elif signal == 9:
        reason = "it was killed, as happens when the machine runs out of memory"
    elif signal == 25:
        reason = f"it wrote a file of more than the {limits.file_size >> 20} MB that are allowed"
    elif signal in _SIGNALS:
        reason = f"it crashed with {_SIGNALS[signal]}"
    elif status is not None and signal is None:
        reason = f"it ended itself with exit code {status >> 8}, as os._exit does"
    else:
        reason = "it ended"
    return ProcessEnded(f"the process that runs the answers is gone: {reason}.")


def _signal(status):
    if status & 0x7F:
        return status & 0x7F
    code = status >> 8
    return code - 128 if 128 < code < 160 else None
