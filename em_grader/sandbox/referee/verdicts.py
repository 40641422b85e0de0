"""What a test says of an answer: it teaches, and gives away nothing of a hidden test."""

import re

import numpy as np

from em_grader.sandbox.limits import LONGEST_MESSAGE
from em_grader.sandbox.referee import answer_errors
from em_grader.sandbox.referee.safe_messages import repeated
from em_helpers.checks import CheckFailure

MOST_LINES = 6
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_DIGITS = 6
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


_OURS = {"CheckFailure", *(each.__name__ for each in answer_errors.AnswerError.__subclasses__())}


def failed(error, written, hidden):
    """The output of a test that an answer failed.

    Parameters
    ----------
    error : BaseException
    written : em_grader.sandbox.referee.safe_messages.Written
        What the student wrote: no other line is shown as the student's own.
    hidden : bool
        Whether the test is one that students never see.

    Returns
    -------
    dict
        An error output in nbformat's form.
    """
    name, message = _name(error, hidden, written), _message(error, hidden, written)
    shown = [f"{name}: {message}" if message else name]
    if isinstance(error, answer_errors.AnswerError):
        shown += _own_lines(error.lines, written, hidden)
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": shown}


def earned(value, points):
    """The output of a test whose last line is a number: so many points, none below 0.

    Parameters
    ----------
    value : object
        The value of the last line, None if there is none.
    points : float
        The most that can be earned.

    Returns
    -------
    list of dict
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
        return []
    credit = min(max(float(value), 0.0), points) if np.isfinite(value) else 0.0
    data = {"text/plain": repr(credit)}
    output = {"output_type": "execute_result", "data": data, "metadata": {}}
    return [{**output, "execution_count": None}]


def _name(error, hidden, written):
    """The name of an exception: of an answer's own one, it could be made of hidden data."""
    name = type(error).__name__
    if not hidden or not isinstance(error, answer_errors.AnswerError) or error.told:
        return name
    if name in answer_errors.KNOWN or (name in written.words and name not in _OURS):
        return name
    known = (each.__name__ for each in type(error).__mro__ if each.__name__ in answer_errors.KNOWN)
    return next(known, "Exception")


def _message(error, hidden, written):
    message = str(error)
    if not hidden:
        return _cut(message)
    if isinstance(error, CheckFailure):
        return _NUMBER.sub(_short, _cut(message))
    if isinstance(error, answer_errors.AnswerError):
        return message if error.told else repeated(message, written)
    if isinstance(error, AssertionError):
        return "" if "\n" in message.strip() else _cut(_masked(message, written))
    return repeated(message, written)


def _short(found):
    """A number with no more digits than feedback may tell of hidden data."""
    text = found.group()
    return f"{float(text):.{_DIGITS}g}" if sum(map(str.isdigit, text)) > _DIGITS + 1 else text


def _masked(message, written):
    """A lesson's own words, with short numbers and no quotation that the student did not write."""

    def quote(found):
        text = found.group(1) or found.group(2) or ""
        return found.group(0) if written.knows(text) or text in written.texts else "'…'"

    return _NUMBER.sub(_short, _QUOTED.sub(quote, message.strip()))


def _cut(message):
    return message if len(message) <= LONGEST_MESSAGE else message[:LONGEST_MESSAGE] + " …"


def _own_lines(lines, written, hidden):
    shown = []
    lines = [each for each in lines if _is_own(each, written)]
    kept = lines[-MOST_LINES:] if not hidden else [*lines[:1], *lines[1:][-1:]]
    for name, number, text in kept:
        at = f", line {number} of its cell" if number in written.lines[text.strip()] else ""
        shown.append(f"  in {name}{at}: {text.strip()[:200]}")
    return shown


def _is_own(line, written):
    """Whether function and text of a line are the student's: both come from the other process."""
    name, number, text = line
    right = type(name) is str and type(number) is int and type(text) is str
    return (
        right
        and text.strip() in written.lines
        and (name in written.words or name in ("<module>", "<lambda>", "<listcomp>", "<genexpr>"))
    )
