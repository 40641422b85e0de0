"""Sphinx extension that names each equation's tests, on the equations page and the claims page."""

import ast
import re
from pathlib import Path

import nbformat
from docutils import nodes

from em_authoring.lesson_paths import ROOT, all_lessons

TAG = re.compile(r"\\tag\{(\d{1,2}\.\d{1,2})\}")
NUMBER = re.compile(r"\(([1-9]\d?\.[1-9]\d?)\)")


def tests_of(lesson):
    """Find the tests and the definitions of a lesson's equations.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    tested : dict of str to list of str
        The names of the tests of each equation that has some.
    defined : dict of str to str
        What each equation without a test defines.
    """
    path = ROOT / "tests" / "equations" / f"test_lesson_{lesson.number:02}.py"
    if not path.exists():
        return {}, {}
    tested, defined = {}, {}
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("mark.equation"):
                    for number in map(ast.literal_eval, mark.args):
                        tested.setdefault(number, []).append(node.name)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DEFINITIONS":
            defined = ast.literal_eval(node.value)
    return tested, defined


def write_equations(app, config):
    """Write a table per lesson with each equation's number and its tests."""
    lines, tests = [], {}
    for lesson in all_lessons(Path(config.lessons_root)):
        tested, defined = tests_of(lesson)
        tests |= tested
        notebook = nbformat.read(lesson.solution, as_version=4)
        text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        title = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
        heading = f"## Lesson {lesson.number}. {title}"
        lines += [heading, "", "| equation | tested by |", "|---|---|"]
        for number in TAG.findall(text):
            names = ", ".join(f"`{name}`" for name in tested.get(number, []))
            entry = names or f"defines {defined.get(number, '')}".strip()
            lines.append(f"| ({number}) | {entry.replace('|', chr(92) + '|')} |")
        lines.append("")
    folder = Path(app.confdir) / "_generated"
    folder.mkdir(exist_ok=True)
    (folder / "equations.md").write_text("\n".join(lines), "utf-8")
    app.equation_tests = tests


def list_claims(app, doctree):
    """Turn the tables of the claims page into lists, and add each claim's tests."""
    if app.env.docname != "claims":
        return
    for table in list(doctree.findall(nodes.table)):
        claims = nodes.definition_list(classes=["claims"])
        for row in next(table.findall(nodes.tbody)).findall(nodes.row):
            claim, truth, where = (list(entry.children) for entry in row.children)
            term = nodes.term("", "", *(child for part in claim for child in part.children))
            definition = nodes.definition("", *truth, *where)
            where[-1]["classes"].append("where")
            tests = cited_tests(row.astext(), app.equation_tests)
            if tests:
                definition += nodes.paragraph("", "Tested by ", classes=["where"])
                for i, name in enumerate(tests):
                    definition[-1] += [nodes.Text(", " * bool(i)), nodes.literal(name, name)]
                definition[-1] += nodes.Text(".")
            claims += nodes.definition_list_item("", term, definition)
        table.replace_self(claims)


def cited_tests(text, tests):
    """List the tests of the equations that a text cites, each once, in the text's order."""
    names = (name for number in NUMBER.findall(text) for name in tests.get(number, []))
    return list(dict.fromkeys(names))


def setup(app):
    """Register the extension with Sphinx."""
    app.connect("config-inited", write_equations, priority=600)
    app.connect("doctree-read", list_claims)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
