"""Static analysis of a cell's source: which names it uses, binds and changes."""

from __future__ import annotations

import ast
import builtins
import functools
import re
import symtable

from IPython.core.inputtransformer2 import TransformerManager

IMPORTS = (ast.Import, ast.ImportFrom)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPOUND_STATEMENTS = (
    ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar,
    ast.Match,
)  # fmt: skip
_BUILTIN_NAMES = frozenset(dir(builtins)) | {"get_ipython", "display", "__name__"}
_MAX_MAGICS = 50
DYNAMIC_LOOKUPS = {"eval", "exec", "globals", "locals", "vars", "get_ipython", "__import__"}
"""Functions that reach names which the source does not show as names."""


def expand_magics(source: str) -> str:
    """Rewrite IPython's magics in a cell's source as function calls.

    Raises
    ------
    SyntaxError
        Also if there are so many magics that IPython would take very long to rewrite them.
    """
    try:
        compile(source, "<cell>", "exec", ast.PyCF_ONLY_AST)
    except (SyntaxError, ValueError):
        if len(re.findall(r"^\s*[%!?,;/]|[?]\s*$|=\s*[%!]", source, re.MULTILINE)) > _MAX_MAGICS:
            raise
        return TransformerManager().transform_cell(source)
    return source


@functools.cache
def parse_cell(source: str) -> ast.Module:
    """Parse a cell; the syntax tree is empty if the source is not valid Python."""
    try:
        return ast.parse(expand_magics(source))
    except (SyntaxError, ValueError, MemoryError, RuntimeError):
        return ast.Module(body=[], type_ignores=[])


@functools.cache
def free_names(source: str) -> frozenset[str]:
    """Find the names that a cell needs from elsewhere, without the locals of its functions."""
    uses = _NameUses()
    try:
        uses.visit(parse_cell(source).body)
    except RecursionError:
        return _words(source)
    return frozenset((uses.at_run | uses.at_call - uses.bound) - _BUILTIN_NAMES)


@functools.cache
def bound_names(source: str) -> frozenset[str]:
    """Find the names that a cell binds at its own level."""
    return frozenset().union(*map(_bound_by, parse_cell(source).body))


@functools.cache
def imported_names(source: str) -> frozenset[str]:
    """Find the names that a cell binds by imports."""
    return frozenset().union(*map(_imported_by, ast.walk(parse_cell(source))))


@functools.cache
def mutated_names(source: str) -> frozenset[str]:
    """Find the names whose values a cell may change in place, as ``x[0] = 1`` and ``x.sort()``."""
    targets: list[ast.AST] = []
    for node in ast.walk(parse_cell(source)):
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            targets.append(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            targets.append(node.value.func)
    roots = map(_root, targets)
    return frozenset(root.id for root in roots if isinstance(root, ast.Name))


@functools.cache
def possibly_used_names(source: str) -> frozenset[str]:
    """Find the names that a cell may use: every word of it if it looks names up dynamically."""
    words = _words(source)
    tree = parse_cell(source)
    is_dynamic = (
        not tree.body
        or words & DYNAMIC_LOOKUPS
        or "get_ipython" in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    )
    return words if is_dynamic else free_names(source)


@functools.cache
def import_statements(source: str) -> str:
    """Extract the import statements at a cell's own level."""
    statements = parse_cell(source).body
    return "\n".join(ast.unparse(node) for node in statements if isinstance(node, IMPORTS))


def _words(source):
    return frozenset(re.findall(r"[^\W\d]\w*", source))


class _NameUses:
    """Collects the uses of names in statements, in the order in which the statements run.

    Names in ``at_run`` are used before the cell binds them, those in ``at_call`` when functions are
    called.
    """

    def __init__(self):
        self.at_run, self.at_call, self.bound = set(), set(), set()

    def visit(self, statements):
        """Collect from some statements, and one by one from those in loops and branches."""
        for statement in statements:
            if isinstance(statement, FUNCTIONS):
                self.at_call |= _global_reads(ast.unparse(statement))
                self.bound.add(statement.name)
            elif isinstance(statement, _COMPOUND_STATEMENTS):
                self._visit_compound(statement)
            else:
                self.at_run |= _global_reads(ast.unparse(statement)) - self.bound
                self.bound |= _bound_by(statement)

    def _visit_compound(self, statement):
        items = getattr(statement, "items", ())
        for part in ("iter", "test", "subject"):
            self._visit_expression(getattr(statement, part, None))
        for item in items:
            self._visit_expression(item.context_expr)
        for target in (getattr(statement, "target", None), *(i.optional_vars for i in items)):
            self.bound |= _bound_by(target) if target is not None else set()
        for part in ("body", "handlers", "cases", "orelse", "finalbody"):
            for node in getattr(statement, part, ()):
                if isinstance(node, ast.ExceptHandler):
                    self._visit_expression(node.type)
                    self.bound.add(node.name)
                    self.visit(node.body)
                elif isinstance(node, ast.match_case):
                    self.bound |= _bound_by_pattern(node.pattern)
                    self._visit_expression(node.guard)
                    self.visit(node.body)
                else:
                    self.visit([node])

    def _visit_expression(self, node):
        if node is not None:
            self.at_run |= _global_reads(ast.unparse(node)) - self.bound
            self.bound |= _bound_by(node)


def _global_reads(statement):
    """The names that a statement reads and that are not local to a function in it."""
    tables, names = [symtable.symtable(statement, "cell", "exec")], set()
    while tables:
        table = tables.pop()
        is_module = table.get_type() == "module"
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (is_module or symbol.is_global()):
                names.add(symbol.get_name())
        tables += table.get_children()
    return names


def _bound_by(statement):
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
        return {statement.name}
    names = set()
    for node in ast.walk(statement):
        names |= _imported_by(node)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def _bound_by_pattern(pattern):
    """The names that a pattern of a match statement binds."""
    nodes = list(ast.walk(pattern))
    names = {getattr(node, "name", None) for node in nodes}
    return (names | {getattr(node, "rest", None) for node in nodes}) - {None}


def _imported_by(node):
    if not isinstance(node, IMPORTS):
        return set()
    return {(alias.asname or alias.name).split(".")[0] for alias in node.names}


def _root(node):
    """The innermost expression of ``x`` in ``x.a[0]()``."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node
