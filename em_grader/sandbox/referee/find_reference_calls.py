"""A static check: find calls of em_helpers' own solution in the source of an answer."""

from __future__ import annotations

import ast
import functools

from em_grader.sandbox.referee.cell_names import (
    FUNCTIONS,
    bound_names,
    imported_names,
    parse_cell,
)
from em_grader.sandbox.reference_names import READY_MADE, is_reference, refusal


@functools.cache
def find_reference_call(
    answer: str, cells_above: tuple[str, ...], allowlist: frozenset[str]
) -> str | None:
    """Find a call of the reference in an answer's functions; returns a refusal, or None.

    The answer can use imports of the cells above it, and may call the functions of the reference in
    ``allowlist``; ``*`` is all of them.
    """
    if "*" in allowlist:
        return None
    full_names: dict[str, str] = {}
    for source in (*cells_above, answer):
        rebound = bound_names(source) - imported_names(source)
        full_names = {name: full for name, full in full_names.items() if name not in rebound}
        full_names |= _full_names_of_imports(source)
    for name in _own_names(answer) & full_names.keys():
        del full_names[name]
    for function in ast.walk(parse_cell(answer)):
        if isinstance(function, (*FUNCTIONS, ast.Lambda)):
            for call in _calls(function):
                name = _full_name(call.func, full_names)
                if name and _is_forbidden(name) and name.split(".")[-1] not in allowlist:
                    return refusal(name.split(".")[-1])
    return None


@functools.cache
def _full_names_of_imports(source):
    """Names bound by imports anywhere in a cell, with the full names that they stand for."""
    full_names = {}
    for node in ast.walk(parse_cell(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                full_names[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                full_names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return full_names


def _own_names(source):
    """Names that a cell binds, at any level, to something of its own and never to an import."""
    names = set()
    for node in ast.walk(parse_cell(source)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            names.add(node.name)
    return names - imported_names(source)


def _calls(function):
    return [node for node in ast.walk(function) if isinstance(node, ast.Call)]


def _full_name(node, full_names):
    """``em_helpers.elbo`` for ``em.elbo``, if ``em`` was imported as ``em_helpers``."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in full_names:
        return None
    return ".".join([full_names[node.id], *reversed(parts)])


def _is_forbidden(name):
    return name.split(".")[0] in READY_MADE or is_reference(name)
