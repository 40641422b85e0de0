"""What a test says of an answer: it teaches, and gives away nothing of a hidden test."""

import re

import numpy as np

from em_helpers.checks import LawBroken
from em_helpers.grading.sandbox import faults
from em_helpers.grading.sandbox.limits import LONGEST_MESSAGE

LONGEST_HIDDEN = 300
"""Characters of what an answer's own exception may say in a hidden test, whose data it has seen."""

MOST_LINES = 6
_MANY_DIGITS = re.compile(r"\d[\d_]*\.\d{2,}(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\d{5,}")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def failed(error, source_lines, hidden):
    """The output of a test that an answer failed.

    Parameters
    ----------
    error : BaseException
    source_lines : set of str
        Every line of the submission: no other is shown as the student's own.
    hidden : bool
        Whether the test is one that students never see.

    Returns
    -------
    dict
        An error output in nbformat's form.
    """
    name, message = type(error).__name__, _message(error, hidden, source_lines)
    shown = [f"{name}: {message}" if message else name]
    if isinstance(error, faults.AnswerFault):
        shown += _own_lines(error.lines, source_lines)
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


def _message(error, hidden, source_lines):
    message = str(error)
    if isinstance(error, LawBroken) or (isinstance(error, faults.AnswerFault) and not hidden):
        return _cut(message, LONGEST_MESSAGE)
    if not hidden:
        return _cut(message, LONGEST_MESSAGE)
    if isinstance(error, _OURS):
        return message
    if isinstance(error, AssertionError) and not isinstance(error, faults.AnswerFault):
        message = "" if "\n" in message.strip() else message
    return _cut(_masked(message, " ".join(source_lines)), LONGEST_HIDDEN)


_OURS = (faults.OutOfTime, faults.ProcessEnded, faults.NotData, faults.ReferenceUsed)


def _masked(message, source):
    """Without numbers of many digits, and without quotes from anything but the student's code."""
    message = message.strip().split("\n")[0]

    def quote(found):
        text = found.group(1) or found.group(2) or ""
        known = text in source or re.fullmatch(r"(numpy\.)?[A-Za-z_]{1,24}", text)
        return found.group(0) if known else "'…'"

    return _MANY_DIGITS.sub("…", _QUOTED.sub(quote, message))


def _cut(message, longest):
    return message if len(message) <= longest else message[:longest] + " …"


def _own_lines(lines, source_lines):
    shown = []
    for name, number, text in lines[-MOST_LINES:]:
        right = type(name) is str and type(number) is int and type(text) is str
        if right and text.strip() in source_lines and name.isidentifier() | (name == "<module>"):
            shown.append(f"  in {name}, line {number} of its cell: {text.strip()[:200]}")
    return shown
