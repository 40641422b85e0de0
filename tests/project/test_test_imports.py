"""Tests share code through ``tests/support`` and fixtures, not by importing each other."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
TEST_MODULES = sorted(TESTS.rglob("test_*.py"))


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


@pytest.mark.parametrize(
    "path", [*TEST_MODULES, *sorted(TESTS.rglob("conftest.py"))], ids=lambda path: path.stem
)
def test_no_test_module_imports_another_one(path):
    assert forbidden_imports(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", sorted(TESTS.glob("support/*.py")), ids=lambda path: path.stem)
def test_shared_code_imports_no_test_and_holds_none(path):
    source = path.read_text("utf-8")
    assert forbidden_imports(source) == []
    assert not path.name.startswith("test_")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if node.name.startswith("test_")] == []


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
