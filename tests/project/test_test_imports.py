"""Tests share code through ``tests/support`` and fixtures, not by importing each other."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def imported_modules(source):
    """List what a module imports, relative imports included, wherever in it that stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            prefix = "." * node.level + (node.module or "")
            yield prefix
            yield from (f"{prefix}.{alias.name}" for alias in node.names)


def is_test_module(name):
    return any(part == "conftest" or part.startswith("test_") for part in name.split("."))


def forbidden_imports(source):
    """List the imports of test modules, of ``conftest``, and of one's own package by dots."""
    return [
        name
        for name in imported_modules(source)
        if name.startswith(".") or (name.startswith("tests.") and is_test_module(name))
    ]


def test_no_test_and_no_shared_code_imports_a_test_module():
    paths = [path for path in TESTS.rglob("*.py") if "attacks" not in path.parts]
    assert TESTS / "hostile" / "conftest.py" in paths
    found = {path: forbidden_imports(path.read_text("utf-8")) for path in paths}
    assert {path: names for path, names in found.items() if names} == {}


def test_shared_code_holds_no_test():
    found = [
        path for path in TESTS.glob("support/*.py") if "\ndef test_" in path.read_text("utf-8")
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "from tests.em_grader.test_cli import graded",
        "from tests.em_grader.conftest import small_lesson",
        "from tests.em_grader import test_cli",
        "import tests.hostile.conftest",
        "def test():\n    from . import test_cli",
    ],
)
def test_an_import_of_a_test_module_is_found(source):
    assert forbidden_imports(source) != []
