"""Decide whether hidden tests may run after a notebook's last cell instead of in their places.

A hidden test judges an answer by the cells above it. If the cells below only define names of their
own, the answer is the same after the last cell. Then the tests can use the student's process that
ran the whole notebook, and no second one has to run it again.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence

from em_grader.sandbox.message_types import Cell
from em_grader.sandbox.referee import cell_names

_HARMLESS = (ast.Import, ast.ImportFrom, ast.Pass)
_STUDENT_KINDS = ("answer", "added")


def is_order_independent(cells: Sequence[Cell], skipped: Collection[int]) -> bool:
    """Whether no cell below a hidden test changes what a cell above it is, uses or could notice.

    False wherever the source alone does not tell. ``skipped`` holds the indices of provided cells
    that are not run in the student's process.
    """
    try:
        return _is_order_independent(cells, skipped)
    except RecursionError:
        return False


def _is_order_independent(cells, skipped):
    used: set[str] = set()
    modules: set[str] = set()
    definitions: dict[str, object] = {}
    is_below_test = False
    for index, cell in enumerate(cells):
        is_below_test |= cell["kind"] == "test"
        if index in skipped or cell["kind"] in ("text", "test"):
            continue
        source = cell["source"]
        if cell["kind"] == "check":
            source = cell_names.import_statements(source)
        bound, mutated = cell_names.bound_names(source), cell_names.mutated_names(source)
        own_definitions = _definitions(source)
        modules |= cell_names.imported_names(source)
        if is_below_test:
            unchanged = {
                name for name, text in own_definitions.items() if definitions.get(name) == text
            }
            noticeable = mutated - modules if cell["kind"] == "provided" else mutated
            if (bound - unchanged | noticeable) & used:
                return False
            if cell["kind"] in _STUDENT_KINDS and not _only_binds_names(source):
                return False
        used |= bound | cell_names.possibly_used_names(source)
        kept = {name: text for name, text in definitions.items() if name not in bound}
        definitions = kept | own_definitions
    return True


def _only_binds_names(source):
    """Whether running a cell has no effect but to bind names."""
    tree = cell_names.parse_cell(source)
    has_side_door = any(map(_is_side_door, ast.walk(tree)))
    return not has_side_door and all(map(_is_plain_definition, tree.body))


def _is_side_door(node):
    """Whether a part of a cell reaches names or attributes that its source does not show."""
    if isinstance(node, ast.Name):
        return node.id in cell_names.DYNAMIC_LOOKUPS | {"setattr", "delattr"}
    return isinstance(node, ast.Global) or (isinstance(node, ast.alias) and node.name == "*")


def _is_plain_definition(statement):
    if isinstance(statement, cell_names.FUNCTIONS):
        returns = [statement.returns] if statement.returns else []
        return not statement.decorator_list and _call_nothing(statement.args, *returns)
    if isinstance(statement, ast.Assign):
        is_name = all(isinstance(target, ast.Name) for target in statement.targets)
        return is_name and _call_nothing(statement.value)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, _HARMLESS)


def _call_nothing(*expressions):
    """Whether expressions call nothing; the body of a lambda is not called yet."""
    nodes = list(expressions)
    while nodes:
        node = nodes.pop()
        if isinstance(node, (ast.Call, ast.Await, ast.NamedExpr)):
            return False
        if not isinstance(node, ast.Lambda):
            nodes += ast.iter_child_nodes(node)
    return True


def _definitions(source):
    """The text of each import and function that is a cell's only binding of its name."""
    definitions: dict[str, object] = {}
    others: set[str] = set()
    for statement in cell_names.parse_cell(source).body:
        if isinstance(statement, cell_names.FUNCTIONS):
            definitions[statement.name] = ast.unparse(statement)
        elif isinstance(statement, cell_names.IMPORTS):
            origin = (getattr(statement, "module", None), getattr(statement, "level", 0))
            for alias in statement.names:
                is_whole_name = alias.asname or origin[0]
                imported = alias.name if is_whole_name else alias.name.split(".")[0]
                definitions[alias.asname or imported] = (*origin, imported)
        else:
            others |= cell_names.bound_names(ast.unparse(statement))
    return {name: text for name, text in definitions.items() if name not in others}
