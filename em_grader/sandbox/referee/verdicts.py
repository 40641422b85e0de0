"""The verdict on an answer from a test's exception or last line, safe to show to the student.

The feedback on a hidden test teaches and reveals nothing of the test's data.
"""

from __future__ import annotations

import re

import numpy as np

from em_grader.exercise_result import Failure
from em_grader.sandbox.limits import MAX_MESSAGE_LENGTH
from em_grader.sandbox.referee.answer_errors import BUILTIN_EXCEPTIONS, AnswerError
from em_grader.sandbox.referee.safe_messages import StudentText, safe_message
from em_helpers.checks import CheckFailure

_MAX_ANSWER_LINES = 6
_MAX_LINE_LENGTH = 200
_SIGNIFICANT_DIGITS = 6
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_GRADER_EXCEPTIONS = {"CheckFailure", *(kind.__name__ for kind in AnswerError.__subclasses__())}
_ANONYMOUS_FUNCTIONS = ("<module>", "<lambda>", "<listcomp>", "<genexpr>")


def safe_failure(error: BaseException, student_text: StudentText, hidden: bool) -> Failure:
    """Describe a failed test by its exception, as far as the student may read it.

    Parameters
    ----------
    error : BaseException
    student_text : StudentText
        Only lines that stand in it are shown as the student's own.
    hidden : bool
        Whether the test is a hidden one, whose data must not be revealed.

    Returns
    -------
    Failure
        Without a hint.
    """
    name = _safe_name(error, hidden, student_text)
    message = _safe_message(error, hidden, student_text)
    law = _law(error.law, hidden) if isinstance(error, CheckFailure) else name
    lines = []
    if isinstance(error, AnswerError):
        lines = _answer_lines(error.lines, student_text, hidden)
    return Failure(law, name, message, lines)


def stated_points(value: object, maximum: float) -> float | None:
    """Read the points that a test's last line states, between 0 and the maximum.

    Parameters
    ----------
    value : object
        The value of the last line, None if there is none.
    maximum : float

    Returns
    -------
    float or None
        None if the value is not a number.
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
