"""Execution of the lesson's own code in the trusted process."""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import sys
import warnings
from collections.abc import Iterator
from types import CodeType
from typing import Any

from em_grader.sandbox.referee.cell_names import expand_magics

FILE_NAME = "<test>"
"""The file name in the frames of a test's code."""


def run_cell(source: str, namespace: dict[str, Any]) -> object:
    """Run a cell's code in a namespace.

    Returns
    -------
    object
        The value of its last line if that is an expression, else None.
    """
    statements, last_expression = compile_cell(source)
    exec(statements, namespace)
    return eval(last_expression, namespace) if last_expression else None


@functools.cache
def compile_cell(source: str) -> tuple[CodeType, CodeType | None]:
    """Compile a cell's statements, and apart from them its last line if it is an expression.

    Raises
    ------
    SyntaxError
    """
    tree = ast.parse(expand_magics(source))
    last_statement, last_expression = tree.body[-1] if tree.body else None, None
    if isinstance(last_statement, ast.Expr):
        tree.body.pop()
        last_expression = compile(ast.Expression(last_statement.value), FILE_NAME, "eval")
    return compile(tree, FILE_NAME, "exec"), last_expression


@contextlib.contextmanager
def captured_output(printed: io.StringIO) -> Iterator[None]:
    """Redirect standard output to a buffer; drop standard error and warnings."""
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        sys.stdout.flush()
        yield
