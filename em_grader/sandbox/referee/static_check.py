"""The guard that reads: an answer that names the reference is refused before it is called."""

import ast
import functools

from em_grader.sandbox.referee.cell_names import FUNCTIONS, bound, imported, parse
from em_grader.sandbox.worker.runtime_check import READY_MADE, is_reference, refusal


@functools.cache
def find_reference_call(answer, others, allowed):
    """What an answer's functions call of the reference, if they do.

    Parameters
    ----------
    answer : str
        The answer cell.
    others : tuple of str
        The cells before it, whose imports it can use.
    allowed : frozenset of str
        Names that the exercise lends; ``*`` is all of them.

    Returns
    -------
    str or None
        A sentence that refuses it.
    """
    if "*" in allowed:
        return None
    known = {}
    for source in (*others, answer):
        own = bound(source) - imported(source)
        known = {name: each for name, each in known.items() if name not in own}
        known |= _imported(source)
    for name in _local(answer) & known.keys():
        del known[name]
    for function in ast.walk(parse(answer)):
        if isinstance(function, (*FUNCTIONS, ast.Lambda)):
            for call in _calls(function):
                name = _full_name(call.func, known)
                if name and _forbidden(name) and name.split(".")[-1] not in allowed:
                    return refusal(name.split(".")[-1])
    return None


@functools.cache
def _imported(source):
    """Names bound by imports anywhere in a cell, with what they stand for."""
    known = {}
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.Import):
            for each in node.names:
                top = each.name.split(".")[0]
                known[each.asname or top] = each.name if each.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for each in node.names:
                known[each.asname or each.name] = f"{node.module}.{each.name}"
    return known


def _local(source):
    """Names that stand, somewhere in a cell, for something of its own and never for an import."""
    names = set()
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            names.add(node.name)
    return names - imported(source)


def _calls(function):
    return [node for node in ast.walk(function) if isinstance(node, ast.Call)]


def _full_name(node, known):
    """``em_helpers.elbo`` for ``em.elbo``, if ``em`` was imported as ``em_helpers``."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in known:
        return None
    return ".".join([known[node.id], *reversed(parts)])


def _forbidden(name):
    return name.split(".")[0] in READY_MADE or is_reference(name)
