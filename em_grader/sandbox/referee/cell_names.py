"""Which names a cell needs, binds and changes, read off its source."""

import ast
import builtins
import functools
import re
import symtable

from IPython.core.inputtransformer2 import TransformerManager

IMPORTS = (ast.Import, ast.ImportFrom)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPOUND = (
    ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar,
    ast.Match,
)  # fmt: skip
ALWAYS_THERE = frozenset(dir(builtins)) | {"get_ipython", "display", "__name__"}
MOST_MAGICS = 50
LOOKS_UP = {"eval", "exec", "globals", "locals", "vars", "get_ipython", "__import__"}
"""What reaches names that the source does not show as names."""


def transformed(source):
    """A cell's source with IPython's magics as calls.

    Returns
    -------
    str

    Raises
    ------
    SyntaxError
        Also where there are so many magics that IPython would take its time over them.
    """
    try:
        compile(source, "<cell>", "exec", ast.PyCF_ONLY_AST)
    except (SyntaxError, ValueError):
        if len(re.findall(r"^\s*[%!?,;/]|[?]\s*$|=\s*[%!]", source, re.MULTILINE)) > MOST_MAGICS:
            raise
        return TransformerManager().transform_cell(source)
    return source


@functools.cache
def parse(source):
    """A cell's syntax tree, empty if the cell makes no sense.

    Returns
    -------
    ast.Module
    """
    try:
        return ast.parse(transformed(source))
    except (SyntaxError, ValueError, MemoryError, RuntimeError):
        return ast.Module(body=[], type_ignores=[])


@functools.cache
def wanted(source):
    """The names that a cell needs from elsewhere, locals of its functions left out.

    Returns
    -------
    frozenset of str
    """
    needs = _Needs()
    try:
        needs.read(parse(source).body)
    except RecursionError:
        return _words(source)
    return frozenset((needs.now | needs.late - needs.bound) - ALWAYS_THERE)


@functools.cache
def bound(source):
    """The names that a cell leaves behind.

    Returns
    -------
    frozenset of str
    """
    return frozenset().union(*map(_bound, parse(source).body))


@functools.cache
def imported(source):
    """The names that a cell binds by imports.

    Returns
    -------
    frozenset of str
    """
    return frozenset().union(*map(_imported, ast.walk(parse(source))))


@functools.cache
def changed(source):
    """The names whose values a cell may change in place: ``x[0] = 1``, ``x.a = 1``, ``x.sort()``.

    Returns
    -------
    frozenset of str
    """
    targets = []
    for node in ast.walk(parse(source)):
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            targets.append(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            targets.append(node.value.func)
    roots = map(_root, targets)
    return frozenset(root.id for root in roots if isinstance(root, ast.Name))


@functools.cache
def mentioned(source):
    """The names that a cell may need; every word of it if it looks names up by their text.

    Returns
    -------
    frozenset of str
    """
    words = _words(source)
    tree = parse(source)
    by_text = (
        not tree.body
        or words & LOOKS_UP
        or "get_ipython" in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    )
    return words if by_text else wanted(source)


def _words(source):
    return frozenset(re.findall(r"[^\W\d]\w*", source))


@functools.cache
def only_imports(source):
    """The import statements at a cell's own level.

    Returns
    -------
    str
    """
    return "\n".join(ast.unparse(each) for each in parse(source).body if isinstance(each, IMPORTS))


class _Needs:
    """Reads statements in the order in which they run.

    Attributes
    ----------
    now : set of str
        Names needed before the cell binds them.
    late : set of str
        Names that functions need when they are called.
    bound : set of str
    """

    def __init__(self):
        self.now, self.late, self.bound = set(), set(), set()

    def read(self, statements):
        """Read some statements, those within loops and branches one by one."""
        for statement in statements:
            if isinstance(statement, FUNCTIONS):
                self.late |= _globals(ast.unparse(statement))
                self.bound.add(statement.name)
            elif isinstance(statement, COMPOUND):
                self._read_compound(statement)
            else:
                self.now |= _globals(ast.unparse(statement)) - self.bound
                self.bound |= _bound(statement)

    def _read_compound(self, statement):
        items = getattr(statement, "items", ())
        for part in ("iter", "test", "subject"):
            self._read_expression(getattr(statement, part, None))
        for item in items:
            self._read_expression(item.context_expr)
        for target in (getattr(statement, "target", None), *(i.optional_vars for i in items)):
            self.bound |= _bound(target) if target is not None else set()
        for part in ("body", "handlers", "cases", "orelse", "finalbody"):
            for each in getattr(statement, part, ()):
                if isinstance(each, ast.ExceptHandler):
                    self._read_expression(each.type)
                    self.bound.add(each.name)
                    self.read(each.body)
                elif isinstance(each, ast.match_case):
                    self.bound |= _captured(each.pattern)
                    self._read_expression(each.guard)
                    self.read(each.body)
                else:
                    self.read([each])

    def _read_expression(self, node):
        if node is not None:
            self.now |= _globals(ast.unparse(node)) - self.bound
            self.bound |= _bound(node)


def _globals(text):
    """The names that a statement reads and that no function in it has as its own."""
    tables, found = [symtable.symtable(text, "cell", "exec")], set()
    while tables:
        table = tables.pop()
        top = table.get_type() == "module"
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (top or symbol.is_global()):
                found.add(symbol.get_name())
        tables += table.get_children()
    return found


def _bound(statement):
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
        return {statement.name}
    found = set()
    for node in ast.walk(statement):
        found |= _imported(node)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def _captured(pattern):
    """The names that a pattern of a match statement binds."""
    nodes = list(ast.walk(pattern))
    names = {getattr(each, "name", None) for each in nodes}
    return (names | {getattr(each, "rest", None) for each in nodes}) - {None}


def _imported(node):
    if not isinstance(node, IMPORTS):
        return set()
    return {(each.asname or each.name).split(".")[0] for each in node.names}


def _root(node):
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node
