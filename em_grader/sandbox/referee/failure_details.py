"""What the instructor may see of a lost test and no student: its line, its data, its calls."""

import ast
import inspect
import traceback

import numpy as np

from em_grader.sandbox.referee import cell_names, test_execution

MOST_CALLS = 3
LONGEST_VALUE = 400


def details(error, source, calls, printed):
    """What a test was doing when it was lost.

    Parameters
    ----------
    error : BaseException
    source : str
        The test.
    calls : list of em_grader.sandbox.referee.misconceptions.Call
    printed : str
        By the answer.

    Returns
    -------
    dict
        ``line``, the number of the line in the test, and ``code``, what stands there;
        ``names``, what stands there by name; ``check``, the call that found the law broken;
        ``count`` of all calls of the answer, ``calls``, the last of them; ``printed``.
    """
    found = {"line": None, "code": "", "names": {}, "check": None}
    frames = list(traceback.walk_tb(error.__traceback__))
    places = [place for place, (frame, _) in enumerate(frames) if _is_test(frame)]
    if places:
        frame, line = frames[places[-1]]
        found |= _stood(frame, line, source)
        if len(frames) > places[-1] + 1:
            found["check"] = _called(frames[places[-1] + 1][0])
    said = [f"{len(calls) - at}: {_said(call)}" for at, call in enumerate(reversed(calls))]
    return found | {
        "count": len(calls),
        "calls": said[:MOST_CALLS][::-1],
        "printed": printed,
    }


def shown(value):
    """A value in a line or two.

    Parameters
    ----------
    value : object

    Returns
    -------
    str
    """
    with np.printoptions(precision=6, threshold=40, edgeitems=3, linewidth=10_000):
        text = repr(value)
    text = " ".join(text.split())
    if isinstance(value, np.ndarray) and value.ndim:
        text = f"{text} of shape {value.shape}"
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + " …"


def _is_test(frame):
    return frame.f_code.co_filename == test_execution.FILE


def _stood(frame, line, source):
    lines = cell_names.transformed(source).splitlines()
    statement = _statement(source, line) or lines[line - 1]
    wanted = sorted(cell_names.mentioned(statement) & frame.f_locals.keys())
    values = {name: frame.f_locals[name] for name in wanted}
    known = {
        name: shown(value)
        for name, value in values.items()
        if not (inspect.ismodule(value) or callable(value))
    }
    return {"line": line, "code": statement, "names": known}


def _statement(source, line):
    """The innermost statement on a line, as far as it is not a block."""
    found = None
    for node in ast.walk(cell_names.parse(source)):
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno:
            found = node
    return ast.unparse(found) if found is not None and not hasattr(found, "body") else None


def _called(frame):
    """A function of the checks with its arguments, or None for any other."""
    if not frame.f_globals.get("__name__", "").startswith("em_helpers.checks"):
        return None
    code = frame.f_code
    given = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    values = [f"{name}={shown(frame.f_locals[name])}" for name in given if name in frame.f_locals]
    return f"{code.co_name}({', '.join(values)})"


def _said(call):
    given = [shown(each) for each in call.arguments]
    given += [f"{name}={shown(value)}" for name, value in call.options.items()]
    outcome = f"raised {call.raised}" if call.raised else f"gave {shown(call.result)}"
    changed = f", and changed its arguments {sorted(call.changed)}" if call.changed else ""
    return f"{call.name}({', '.join(given)}) {outcome}{changed}"
