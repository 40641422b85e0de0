"""Each numbered equation that claims something has a test; each citation finds its equation."""

import ast
import re
from pathlib import Path

import pytest

from em_authoring.lesson_paths import ROOT, all_lessons
from em_authoring.lesson_source import read_lesson_source

TAG = re.compile(r"\\tag\{([^}]*)\}")


def tags(lesson):
    return [
        tag
        for cell in read_lesson_source(lesson).cells
        if cell.cell_type == "markdown"
        for tag in TAG.findall(cell.source)
    ]


def covered(lesson):
    """Numbers in ``@pytest.mark.equation`` marks and in ``DEFINITIONS`` of the lesson's tests."""
    path = ROOT / "tests" / "equations" / f"test_lesson_{lesson.number:02}.py"
    tree = ast.parse(path.read_text("utf-8"))
    tested = [
        argument.value
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for mark in function.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.equation"
        for argument in mark.args
    ]
    (defined,) = (
        [key.value for key in node.value.keys]
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DEFINITIONS"
    )
    return tested, defined


def cited_equations():
    for path in sorted((ROOT / "em_helpers").rglob("*.py")):
        for sentence in re.findall(r"equations? ([^()]*?\d[^()]*)", path.read_text("utf-8")):
            yield from ((path, number) for number in re.findall(r"\b\d{1,2}\.\d{1,2}\b", sentence))


@pytest.mark.parametrize("lesson", all_lessons(), ids=lambda each: each.assignment)
def test_equations_are_numbered_in_order(lesson):
    assert tags(lesson) == [f"{lesson.number}.{i + 1}" for i in range(len(tags(lesson)))]


@pytest.mark.parametrize("lesson", all_lessons(), ids=lambda each: each.assignment)
def test_each_equation_is_tested_or_defines(lesson):
    tested, defined = covered(lesson)
    assert not set(tested) & set(defined)
    without = set(tags(lesson)) - set(tested) - set(defined)
    assert not without, f"no test and no definition: {sorted(without)}"
    assert set(tested) | set(defined) <= set(tags(lesson)), "tests of equations that are not there"


@pytest.mark.parametrize("lesson", all_lessons(), ids=lambda each: each.assignment)
def test_each_reference_in_a_lesson_finds_its_equation(lesson):
    known = {tag for each in all_lessons() for tag in tags(each)}
    text = "\n".join(cell.source for cell in read_lesson_source(lesson).cells)
    assert set(re.findall(r"\(([1-9]\d?\.[1-9]\d?)\)", text)) <= known


def test_each_citation_in_the_library_finds_its_equation():
    known = {tag for lesson in all_lessons() for tag in tags(lesson)}
    missing = {(str(path.relative_to(ROOT)), n) for path, n in cited_equations() if n not in known}
    assert not missing


def test_citations_are_found_at_all():
    assert len(list(cited_equations())) > 10
    assert Path(ROOT, "tests/equations").exists()
