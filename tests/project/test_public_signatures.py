"""Public functions and methods say the types of their parameters and of what they return."""

import ast

import pytest

from em_authoring.lesson_paths import ROOT

PACKAGES = ("em_helpers", "em_authoring", "em_grader")
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def public_functions(body):
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_functions(node.body)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (
            not node.name.startswith("_") or node.name == "__init__"
        ):
            yield node


def missing_annotations(function):
    arguments = function.args
    parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    parameters += [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
    names = [
        parameter.arg
        for parameter in parameters
        if parameter.annotation is None and parameter.arg not in ("self", "cls")
    ]
    if function.returns is None and function.name != "__init__":
        names.append("return")
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_signatures_are_annotated(path):
    tree = ast.parse(path.read_text("utf-8"))
    missing = {
        function.name: names
        for function in public_functions(tree.body)
        if (names := missing_annotations(function))
    }
    assert not missing
