"""The verdict on an answer: safe for the student to read, and with details for the instructor.

What the student reads of a hidden test teaches and reveals nothing of the test's data.
"""

from __future__ import annotations

import ast
import inspect
import re
import traceback
from collections.abc import Sequence

import numpy as np

from em_grader.exercise_result import Failure, FailureDetails
from em_grader.sandbox.limits import MAX_MESSAGE_LENGTH
from em_grader.sandbox.referee import cell_names, lesson_code
from em_grader.sandbox.referee.answer_errors import BUILTIN_EXCEPTIONS, AnswerError
from em_grader.sandbox.referee.misconceptions import Call
from em_grader.sandbox.referee.safe_messages import StudentText, safe_message
from em_helpers.checks import CheckFailure

MAX_CALLS = 3
MAX_VALUE_LENGTH = 400
"""What the instructor's details show: the last calls, and characters of a value."""

_MAX_ANSWER_LINES = 6
_MAX_LINE_LENGTH = 200
_SIGNIFICANT_DIGITS = 6
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_GRADER_EXCEPTIONS = {"CheckFailure", *(kind.__name__ for kind in AnswerError.__subclasses__())}
_ANONYMOUS_FUNCTIONS = ("<module>", "<lambda>", "<listcomp>", "<genexpr>")


def safe_failure(error: BaseException, student_text: StudentText, hidden: bool) -> Failure:
    """Describe a failed test by its exception, as far as the student may read it, without a hint.

    Only lines that stand in the student's text are shown as the student's own. The data of a hidden
    test must not be revealed.
    """
    name = _safe_name(error, hidden, student_text)
    message = _safe_message(error, hidden, student_text)
    law = _law(error.law, hidden) if isinstance(error, CheckFailure) else name
    lines = []
    if isinstance(error, AnswerError):
        lines = _answer_lines(error.lines, student_text, hidden)
    return Failure(law, name, message, lines)


def partial_credit(value: object, maximum: float) -> float | None:
    """Read the points that the value of a test's last line states.

    They are cut to lie between 0 and the maximum; None if the value is not a number.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
        return None
    return min(max(float(value), 0.0), maximum) if np.isfinite(value) else 0.0


def _safe_name(error, hidden, student_text):
    """The exception's name; the name of a class of the answer's own could hold hidden data."""
    name = type(error).__name__
    if not hidden or not isinstance(error, AnswerError) or error.safe_to_show:
        return name
    if name in BUILTIN_EXCEPTIONS:
        return name
    if name in student_text.words and name not in _GRADER_EXCEPTIONS:
        return name
    bases = (base.__name__ for base in type(error).__mro__)
    return next((base for base in bases if base in BUILTIN_EXCEPTIONS), "Exception")


def _law(law, hidden):
    return _NUMBER.sub(_shorten, _cut(law)) if hidden else _cut(law)


def _safe_message(error, hidden, student_text):
    message = str(error)
    if not hidden:
        return _cut(message)
    if isinstance(error, CheckFailure):
        return _NUMBER.sub(_shorten, _cut(message))
    if isinstance(error, AnswerError):
        return message if error.safe_to_show else safe_message(message, student_text)
    if isinstance(error, AssertionError):
        return "" if "\n" in message.strip() else _cut(_mask_quotations(message, student_text))
    return safe_message(message, student_text)


def _shorten(match):
    """A number with no more digits than feedback may reveal of hidden data."""
    text = match.group()
    digits = sum(map(str.isdigit, text))
    return f"{float(text):.{_SIGNIFICANT_DIGITS}g}" if digits > _SIGNIFICANT_DIGITS + 1 else text


def _mask_quotations(message, student_text):
    """A lesson's own message, with short numbers and only quotations of the student's text."""

    def mask(match):
        text = match.group(1) or match.group(2) or ""
        is_student_text = student_text.has_name(text) or text in student_text.strings
        return match.group(0) if is_student_text else "'…'"

    return _NUMBER.sub(_shorten, _QUOTED.sub(mask, message.strip()))


def _cut(message):
    is_short = len(message) <= MAX_MESSAGE_LENGTH
    return message if is_short else message[:MAX_MESSAGE_LENGTH] + " …"


def _answer_lines(lines, student_text, hidden):
    lines = [line for line in lines if _is_students(line, student_text)]
    lines = [*lines[:1], *lines[1:][-1:]] if hidden else lines[-_MAX_ANSWER_LINES:]
    shown = []
    for function, number, text in lines:
        has_number = number in student_text.lines[text.strip()]
        where = f", line {number} of its cell" if has_number else ""
        shown.append(f"  in {function}{where}: {text.strip()[:_MAX_LINE_LENGTH]}")
    return shown


def _is_students(line, student_text):
    """Whether function and text of a line are the student's: the untrusted process sent both."""
    function, number, text = line
    is_well_formed = type(function) is str and type(number) is int and type(text) is str
    return (
        is_well_formed
        and text.strip() in student_text.lines
        and (function in student_text.words or function in _ANONYMOUS_FUNCTIONS)
    )


def describe_failure(
    error: BaseException, source: str, calls: Sequence[Call], printed: str
) -> FailureDetails:
    """Describe for the instructor what a test was doing when it failed.

    ``source`` is the test's, ``calls`` are its calls of the answer, and ``printed`` is what the
    answer printed.
    """
    line, code, variables, check = None, "", {}, None
    frames = list(traceback.walk_tb(error.__traceback__))
    test_frames = [index for index, (frame, _) in enumerate(frames) if _is_test(frame)]
    if test_frames:
        frame, line = frames[test_frames[-1]]
        code = _innermost_statement(source, line)
        variables = _variables(code, frame)
        if len(frames) > test_frames[-1] + 1:
            check = _check_call(frames[test_frames[-1] + 1][0])
    first = max(0, len(calls) - MAX_CALLS)
    shown_calls = [
        f"{number}: {_call_text(call)}" for number, call in enumerate(calls[first:], first + 1)
    ]
    return FailureDetails(line, code, variables, check, len(calls), shown_calls, printed)


def short_repr(value: object) -> str:
    """Format a value in one or two lines."""
    with np.printoptions(precision=6, threshold=40, edgeitems=3, linewidth=10_000):
        text = repr(value)
    text = " ".join(text.split())
    if isinstance(value, np.ndarray) and value.ndim:
        text = f"{text} of shape {value.shape}"
    return text if len(text) <= MAX_VALUE_LENGTH else text[:MAX_VALUE_LENGTH] + " …"


def _is_test(frame):
    return frame.f_code.co_filename == lesson_code.FILE_NAME


def _variables(statement, frame):
    """The data that a statement names; modules and functions are no data."""
    names = sorted(cell_names.possibly_used_names(statement) & frame.f_locals.keys())
    values = {name: frame.f_locals[name] for name in names}
    return {
        name: short_repr(value)
        for name, value in values.items()
        if not (inspect.ismodule(value) or callable(value))
    }


def _innermost_statement(source, line):
    """The innermost statement on a line; the line itself if that statement is a block."""
    innermost = None
    for node in ast.walk(cell_names.parse_cell(source)):
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno:
            innermost = node
    if innermost is not None and not hasattr(innermost, "body"):
        return ast.unparse(innermost)
    return cell_names.expand_magics(source).splitlines()[line - 1]


def _check_call(frame):
    """The call of a function of the checks, or None for any other function."""
    if not frame.f_globals.get("__name__", "").startswith("em_helpers.checks"):
        return None
    code = frame.f_code
    parameters = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    arguments = [
        f"{name}={short_repr(frame.f_locals[name])}"
        for name in parameters
        if name in frame.f_locals
    ]
    return f"{code.co_name}({', '.join(arguments)})"


def _call_text(call):
    arguments = [short_repr(value) for value in call.arguments]
    arguments += [f"{name}={short_repr(value)}" for name, value in call.options.items()]
    outcome = f"raised {call.raised}" if call.raised else f"gave {short_repr(call.result)}"
    changed = f", and changed its arguments {sorted(call.changed)}" if call.changed else ""
    return f"{call.name}({', '.join(arguments)}) {outcome}{changed}"
