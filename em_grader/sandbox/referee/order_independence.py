"""Whether hidden tests may ask at a notebook's end what they are to ask of its answers midway.

A hidden test judges an answer by the cells above it. After the last cell the answer is still the
same if the cells below only define names of their own: then one process serves for everything.
"""

import ast

from em_grader.sandbox.referee import cell_names

_HARMLESS = (ast.Import, ast.ImportFrom, ast.Pass)
_FOREIGN = ("answer", "added")


def settled(cells, idle):
    """Whether no cell below a hidden test changes what a cell above it is, uses or could notice.

    Parameters
    ----------
    cells : list of dict
        As ``cell_roles.describe_cells`` makes them.
    idle : set of int
        The places of given cells that are not run beside the student's.

    Returns
    -------
    bool
        False wherever the source alone does not tell.
    """
    try:
        return _settled(cells, idle)
    except RecursionError:
        return False


def _settled(cells, idle):
    seen, modules, known, tested = set(), set(), {}, False
    for place, cell in enumerate(cells):
        tested |= cell["kind"] == "test"
        if place in idle or cell["kind"] in ("text", "test"):
            continue
        source = (
            cell_names.only_imports(cell["source"]) if cell["kind"] == "check" else cell["source"]
        )
        bound, changed, same = (
            cell_names.bound(source),
            cell_names.changed(source),
            _definitions(source),
        )
        modules |= cell_names.imported(source)
        if tested:
            again = {name for name, text in same.items() if known.get(name) == text}
            noticed = changed - modules if cell["kind"] == "given" else changed
            if (bound - again | noticed) & seen:
                return False
            if cell["kind"] in _FOREIGN and not _only_defines(source):
                return False
        seen |= bound | cell_names.mentioned(source)
        known = {name: text for name, text in known.items() if name not in bound} | same
    return True


def _only_defines(source):
    """Whether a cell, when it runs, does nothing but bind names."""
    tree = cell_names.parse(source)
    return not any(map(_reaches_out, ast.walk(tree))) and all(map(_defines, tree.body))


def _reaches_out(node):
    if isinstance(node, ast.Name):
        return node.id in cell_names.LOOKS_UP | {"setattr", "delattr"}
    return isinstance(node, ast.Global) or (isinstance(node, ast.alias) and node.name == "*")


def _defines(statement):
    if isinstance(statement, cell_names.FUNCTIONS):
        returns = [statement.returns] if statement.returns else []
        return not statement.decorator_list and _is_quiet(statement.args, *returns)
    if isinstance(statement, ast.Assign):
        named = all(isinstance(each, ast.Name) for each in statement.targets)
        return named and _is_quiet(statement.value)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, _HARMLESS)


def _is_quiet(*expressions):
    """Whether expressions call nothing; what a lambda holds is not called yet."""
    nodes = list(expressions)
    while nodes:
        node = nodes.pop()
        if isinstance(node, (ast.Call, ast.Await, ast.NamedExpr)):
            return False
        if not isinstance(node, ast.Lambda):
            nodes += ast.iter_child_nodes(node)
    return True


def _definitions(source):
    """What the imports and functions of a cell bind to names that it binds by nothing else."""
    found, others = {}, set()
    for statement in cell_names.parse(source).body:
        if isinstance(statement, cell_names.FUNCTIONS):
            found[statement.name] = ast.unparse(statement)
        elif isinstance(statement, cell_names.IMPORTS):
            origin = (getattr(statement, "module", None), getattr(statement, "level", 0))
            for each in statement.names:
                top = each.name if each.asname or origin[0] else each.name.split(".")[0]
                found[each.asname or top] = (*origin, top)
        else:
            others |= cell_names.bound(ast.unparse(statement))
    return {name: text for name, text in found.items() if name not in others}
