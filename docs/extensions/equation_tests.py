"""Which test shows which equation, on the page of all equations and on that of the claims."""

import ast
import re
from pathlib import Path

import nbformat
from docutils import nodes

from em_authoring.lesson import ROOT, lessons

TAG = re.compile(r"\\tag\{(\d{1,2}\.\d{1,2})\}")
NUMBER = re.compile(r"\(([1-9]\d?\.[1-9]\d?)\)")


def tests_of(lesson):
    """The names of the tests of each equation, and what those that need none define.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    dict of str to list of str
    dict of str to str
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
    """A table a lesson: each equation's number and what shows it."""
    shown, tests = [], {}
    for lesson in lessons(Path(config.lessons_root)):
        tested, defined = tests_of(lesson)
        tests |= tested
        notebook = nbformat.read(lesson.solution, as_version=4)
        text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        title = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
        shown += [f"## Lesson {lesson.number}. {title}", "", "| equation | shown by |", "|---|---|"]
        for number in TAG.findall(text):
            names = ", ".join(f"`{name}`" for name in tested.get(number, []))
            what = names or f"defines {defined.get(number, '')}".strip()
            shown.append(f"| ({number}) | {what.replace('|', chr(92) + '|')} |")
        shown.append("")
    folder = Path(app.confdir) / "_generated"
    folder.mkdir(exist_ok=True)
    (folder / "equations.md").write_text("\n".join(shown), "utf-8")
    app.equation_tests = tests


def tell_claims(app, doctree):
    """Make of each row of the claims' table an entry of a list, and add which tests show it."""
    if app.env.docname != "claims":
        return
    for table in list(doctree.findall(nodes.table)):
        listed = nodes.definition_list(classes=["claims"])
        for row in next(table.findall(nodes.tbody)).findall(nodes.row):
            claim, holds, where = (list(entry.children) for entry in row.children)
            term = nodes.term("", "", *(child for part in claim for child in part.children))
            told = nodes.definition("", *holds, *where)
            where[-1]["classes"].append("where")
            shown = names(row.astext(), app.equation_tests)
            if shown:
                told += nodes.paragraph("", "Shown by ", classes=["where"])
                for place, name in enumerate(shown):
                    told[-1] += [nodes.Text(", " * bool(place)), nodes.literal(name, name)]
                told[-1] += nodes.Text(".")
            listed += nodes.definition_list_item("", term, told)
        table.replace_self(listed)


def names(text, tests):
    """The tests of the equations that a text cites, each once, in its order."""
    found = (name for number in NUMBER.findall(text) for name in tests.get(number, []))
    return list(dict.fromkeys(found))


def setup(app):
    """Sphinx's way in."""
    app.connect("config-inited", write_equations, priority=600)
    app.connect("doctree-read", tell_claims)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
