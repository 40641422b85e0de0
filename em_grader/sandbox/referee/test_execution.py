"""Running the lesson's own code in the referee."""

import ast
import contextlib
import functools
import io
import sys
import warnings

from em_grader.sandbox.referee.cell_names import transformed

FILE = "<test>"
"""What frames of a test's code name as their file."""


def run(source, space):
    """Run a cell's code in a namespace.

    Parameters
    ----------
    source : str
    space : dict

    Returns
    -------
    object
        The value of its last line if that is an expression, else None.
    """
    statements, last = compiled(source)
    exec(statements, space)
    return eval(last, space) if last else None


@functools.cache
def compiled(source):
    """A cell's code, and that of its last line if it is an expression, else None.

    Raises
    ------
    SyntaxError
    """
    tree = ast.parse(transformed(source))
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = compile(ast.Expression(tree.body.pop().value), FILE, "eval")
    return compile(tree, FILE, "exec"), last


@contextlib.contextmanager
def quiet(printed):
    """Standard output goes to a buffer; errors and warnings, which would cost points, nowhere.

    Parameters
    ----------
    printed : io.StringIO
    """
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        sys.stdout.flush()
        yield
