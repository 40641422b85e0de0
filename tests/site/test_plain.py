"""The lessons are the same in JupyterLab, VS Code, Colab and GitHub: nothing but plain Markdown."""

import re

import nbformat
import pytest

from em_authoring.lesson_paths import all_lessons
from em_authoring.lesson_source import read_lesson_source

LESSONS = pytest.mark.parametrize("lesson", all_lessons(), ids=lambda each: each.assignment)
FORBIDDEN = {
    "a directive": r"^[ >]*(`{3,}|:{3,}|~{3,})\s*\{",
    "a role": r"(?<!`)\{[\w:+.-]+\}`",
    "a label": r"^\([\w:-]+\)=\s*$",
    "a substitution": r"\{\{.*?\}\}",
    "a MyST comment": r"^%[^%\w]",
    "a colon fence": r"^:{3,}",
}
CODE_OR_MATHS = re.compile(
    r"(?:^(`{3,}).*?^\1\s*$)|\$\$.*?\$\$|(?<![\\$])\$(?!\s)[^$\n]+?(?<!\s)\$|`[^`\n]+`",
    re.DOTALL | re.MULTILINE,
)


def found(source):
    """What of a text is not plain."""
    for what, pattern in FORBIDDEN.items():
        text = source if what in ("a directive", "a role") else CODE_OR_MATHS.sub("", source)
        yield from ((what, each[0]) for each in re.finditer(pattern, text, re.MULTILINE))
    text = re.sub(r"<!--.*?-->", "", CODE_OR_MATHS.sub("", source), flags=re.DOTALL)
    for each in re.finditer(r"<(/?)([a-zA-Z][\w-]*)([^>]*)>", text):
        if each[2] in ("details", "summary") and not each[3].strip():
            continue
        if each[2] == "img" and re.search(r'\balt="[^"]{8,}"', each[3]):
            continue
        yield "raw HTML", each[0]


@LESSONS
def test_the_source_is_plain(lesson):
    for cell in read_lesson_source(lesson).cells:
        if cell.cell_type == "markdown":
            assert not list(found(cell.source))


@LESSONS
def test_what_students_get_is_plain(lesson):
    for cell in nbformat.read(lesson.release, as_version=4).cells:
        if cell.cell_type == "markdown":
            assert not list(found(cell.source))
            assert "<!--" not in cell.source
            assert not cell.get("attachments")


@pytest.mark.parametrize(
    "text",
    [
        "````{note}\nx\n````",
        "> ```{math}\n> x\n> ```",
        "see {eq}`a` and {prf:ref}`b`",
        "(a-label)=",
        ":::note\nx\n:::",
        "% a comment",
        "<div>x</div>",
        "<details open><summary>x</summary></details>",
        '<img src="a.png">',
        "<span style='color: red'>x</span>",
        "{{ name }}",
    ],
)
def test_what_is_not_plain_is_found(text):
    assert list(found(text))


@pytest.mark.parametrize(
    "text",
    [
        "<details>\n<summary>Proof</summary>\n\n$a<b$ and $c>d$.\n\n</details>",
        '<img src="a.png" alt="two curves that touch">',
        "a set $\\{x\\}$ and `{role}`",
        "$$\n\\{(a, b)\\} = {x}\n$$",
        "```\n:::\n<b>\n```",
        "40 % of the cases",
    ],
)
def test_what_is_plain_is_let_through(text):
    assert not list(found(text))
