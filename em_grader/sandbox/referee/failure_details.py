"""The details of a failed hidden test for the instructor: its line, its data and its calls."""

from __future__ import annotations

import ast
import inspect
import traceback
from collections.abc import Sequence

import numpy as np

from em_grader.exercise_result import FailureDetails
from em_grader.sandbox.referee import cell_names, test_execution
from em_grader.sandbox.referee.misconceptions import Call

MAX_CALLS = 3
MAX_VALUE_LENGTH = 400


def describe_failure(
    error: BaseException, source: str, calls: Sequence[Call], printed: str
) -> FailureDetails:
    """Describe what a test was doing when it failed.

    Parameters
    ----------
    error : BaseException
    source : str
        The test.
    calls : list of Call
        The test's calls of the answer.
    printed : str
        What the answer printed.
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
    return frame.f_code.co_filename == test_execution.FILE_NAME


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
