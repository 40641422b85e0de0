"""Formulas in Formgrader and in feedback: all of the lessons', and nothing that acts."""

import re
from html import escape

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from em_authoring.lesson_paths import all_lessons
from em_grader.nbgrader_plugins import mathml
from em_grader.nbgrader_plugins.mathml import LONGEST, MOST_MARKS, latex2html, to_mathml
from em_grader.sanitizer.html import is_inert_mathml

CODE = re.compile(r"^(`{3,}).*?^\1\s*$|`[^`\n]+`", re.DOTALL | re.MULTILINE)


def page(*cells):
    """What Formgrader makes of a notebook."""
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = mathml.TEMPLATES
    config.HTMLExporter.filters = mathml.FILTERS
    resources = {"base_url": "", "index": 0, "total": 1}
    notebook = new_notebook(cells=list(cells))
    return HTMLExporter(config=config).from_notebook_node(notebook, resources)[0]


@pytest.mark.parametrize("lesson", all_lessons(), ids=lambda each: each.assignment)
def test_every_formula_of_a_lesson_is_translated(lesson):
    cells = [
        cell
        for cell in nbformat.read(lesson.release, as_version=4).cells
        if cell.cell_type == "markdown"
    ]
    shown = page(*cells)
    source = "\n".join(CODE.sub("", cell.source) for cell in cells)
    assert shown.count("<math") > 50
    assert shown.count("<math") == len(re.findall(r"\$\$.*?\$\$|\$[^$]+\$", source, re.DOTALL))
    for number in re.findall(r"\\tag\{([\d.]+)\}", source):
        assert f"<mtext>({number})</mtext>" in shown


def test_formgraders_page_loads_nothing_from_elsewhere():
    shown = page(new_markdown_cell("Let $x$ be\n\n$$x = 1 \\tag{1.1}$$"))
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]*", shown)
    assert "athJax" not in shown


def test_an_output_in_latex_is_shown_as_well():
    output = new_output(
        "display_data", {"text/latex": "$\\displaystyle a_1 < \\frac{1}{2}$ & more"}
    )
    shown = page(new_code_cell("x", outputs=[output]))
    assert shown.count("<math") == 1
    assert "&amp; more" in shown
    assert "\\frac" not in shown


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\class{a}{b}",
        r"\style{position:fixed}{b}",
        r"\unicode{60}",
        r"\text{<script>alert(1)</script>}",
        r'\text{"><img src=x onerror=alert(1)>}',
        r"\color{red;background:url(http://example.org)} x",
        r"\operatorname{<svg onload=alert(1)>}",
    ],
)
def test_nothing_in_a_formula_acts(tex):
    for shown in (page(new_markdown_cell(f"$${tex}$$ ${tex}$")), latex2html(f"$${tex}$$")):
        assert not re.search(r"<(script>alert|img|svg)|href=\"java|url\(http[^)]*\)\"", shown)


@pytest.mark.parametrize(
    "mathml",
    [
        '<math><a href="javascript:alert(1)"><mi>x</mi></a></math>',
        '<math><mi href="javascript:alert(1)">x</mi></math>',
        '<math><mi onclick="alert(1)">x</mi></math>',
        '<math><mi style="background: url(//example.org)">x</mi></math>',
        "<math><mtext><img src='x'/></mtext></math>",
        "<math><mi>x</math>",
    ],
)
def test_the_translators_word_is_not_taken(mathml):
    assert is_inert_mathml('<math><mi style="color:#FF0000;">x</mi></math>')
    assert not is_inert_mathml(mathml)


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{1}{" * 20_000 + "x" + "}" * 20_000,
        "{" * 3000 + "}" * 3000,
        r"\sqrt" * (MOST_MARKS + 1) + "x",
        "x" * (LONGEST + 1),
        r"\newcommand{\a}{\a\a}\a",
        r"\def\a{\a\a}\a",
        r"\frac{1}",
        "a & b",
    ],
)
def test_what_cannot_be_translated_stays_as_it_was_written(tex):
    assert to_mathml(tex, True) is None
    assert latex2html(f"$${tex}$$") == f"$${escape(tex)}$$"


def test_as_deep_as_is_allowed_it_is_translated():
    assert to_mathml(r"\sqrt" * MOST_MARKS + " x", False).count("<msqrt>") == MOST_MARKS
