"""What can go wrong in a student's process, and how it is said."""

import numpy as np


class AnswerError(Exception):
    """A submitted answer did not give a result.

    Attributes
    ----------
    lines : list of (str, int, str)
        Function, line number and text of the student's own lines that it went through.
    told : bool
        The message is of the referee's own making, so that it may be told.
    """

    lines, told = (), False


class TimeLimitExceeded(AnswerError):
    """A cell or a call ran longer than it may."""

    told = True


class ProcessEnded(AnswerError):
    """The student's process is no more: it exited, crashed or was stopped by a limit."""

    told = True


class NotSerializable(AnswerError):
    """An answer returned something that cannot be handed over, or too much of it."""

    told = True


class ReferenceUsed(AnswerError):
    """An answer called what it is to compute itself."""

    told = True


_SIMPLE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, FloatingPointError, ImportError,
    IndexError, KeyError, LookupError, MemoryError, ModuleNotFoundError, NameError,
    NotImplementedError, OSError, OverflowError, PermissionError, RecursionError, RuntimeError,
    StopIteration, SyntaxError, TypeError, UnboundLocalError, ValueError, ZeroDivisionError,
    np.exceptions.AxisError, np.linalg.LinAlgError,
)  # fmt: skip
KNOWN = {each.__name__: each for each in _SIMPLE}

_SIGNALS = {
    4: "an illegal instruction",
    6: "an abort",
    7: "a bus error",
    8: "an arithmetic fault",
    11: "a segmentation fault",
    31: "a system call that is not allowed",
}


def raised(name, bases, message, lines, told=False):
    """The exception of the other side, remade here so that tests can catch it by name.

    Parameters
    ----------
    name : str
    bases : list of str
        Names of the classes it derives from, nearest first.
    message : str
    lines : list
    told : bool

    Returns
    -------
    AnswerError
        Of a class with that name, which also derives from the built-in exception of that name if
        there is one.
    """
    known = [KNOWN[each] for each in (name, *bases) if each in KNOWN]
    parents = (AnswerError, *known[:1])
    kind = type(name, parents, {"__str__": lambda self: str(self.args[0])})
    error = kind(message)
    error.lines, error.told = lines, told
    return error


def ended(status, limits):
    """Why a process ended, from what ``waitpid`` says.

    Parameters
    ----------
    status : int or None
        None if nobody knows.
    limits : em_grader.sandbox.limits.Limits

    Returns
    -------
    ProcessEnded
    """
    code = None if status is None else _signal(status)
    if code == 24:
        why = f"it used more than the {limits.cpu} s of processor time that are allowed"
    elif code == 9:
        why = "it was killed, as happens when the machine runs out of memory"
    elif code == 25:
        why = f"it wrote a file of more than the {limits.file_size >> 20} MB that are allowed"
    elif code in _SIGNALS:
        why = f"it crashed with {_SIGNALS[code]}"
    elif status is not None and code is None:
        why = f"it ended itself with exit code {status >> 8}, as os._exit does"
    else:
        why = "it ended"
    return ProcessEnded(f"the process that runs the answers is gone: {why}.")


def _signal(status):
    if status & 0x7F:
        return status & 0x7F
    code = status >> 8
    return code - 128 if 128 < code < 160 else None
