"""Markdown of students, turned into HTML as Formgrader and feedback do, holds nothing active."""

import base64

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from em_grader.sanitizer.markdown import (
    sanitize_attachments,
    sanitize_markdown,
    sanitize_student_markdown,
)
from tests.support.active_html import active_parts

ACTIVE = [
    '<script>alert("x")</script>',
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=//example.org></iframe>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    '![x](y" onerror="alert(1))',
    "`<script>` then <script>alert(1)</script>",
    "```html\n<script>\n```\n<script>alert(1)</script>",
    "<details open ontoggle=alert(1)>",
    "<!-- --!><script>alert(1)</script> -->",
    "<a href='java\tscript:alert(1)'>x</a>",
    r"[the derivation](javascript\:document.body.id='X-'+document.domain)",
]


@pytest.mark.parametrize("source", ACTIVE)
def test_nothing_active_is_left(source):
    assert active_parts(new_notebook(cells=[new_markdown_cell(sanitize_markdown(source))])) == []


def test_most_of_these_are_active_as_they_come():
    come = [active_parts(new_notebook(cells=[new_markdown_cell(each)])) for each in ACTIVE]
    assert sum(map(bool, come)) >= 8


@pytest.mark.parametrize(
    "source",
    [
        "Since $a < b$ and $x<1$, `a < b` & c.",
        "See [the notes](https://example.org/a?b=1&c=2).",
        "$$\\log p(x) \\le \\mathcal{L}$$ * a list\n\n> a quotation",
        "5 <6 and 3 <= 4",
    ],
)
def test_ordinary_text_stays_as_it_is(source):
    assert sanitize_markdown(source) == source


def test_of_pasted_pictures_those_stay_that_are_pictures():
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n123").decode()
    attachments = {
        "a.png": {"image/png": png},
        "b.svg": {"image/svg+xml": png},
        "c.png": {'image/png" onerror="alert(1)': png},
        "d.png": {"image/png": 'x" onerror="alert(1)'},
    }
    assert sanitize_attachments(attachments) == {"a.png": {"image/png": png}}


def test_only_text_of_the_students_is_made_harmless():
    picture = {"a.png": {"image/png": base64.b64encode(b"\x89PNG\r\n\x1a\n1").decode()}}
    own = new_markdown_cell("<b>given</b>")
    answer = new_markdown_cell("<b>answer</b>", attachments=picture | {"b.svg": {"image/svg": "x"}})
    answer.metadata["nbgrader"] = {"solution": True}
    added = new_markdown_cell("<b>added</b>")
    added.metadata["em_grader"] = {"from": "student"}
    code = new_code_cell("a <b>")
    code.metadata["em_grader"] = {"from": "student"}
    sanitize_student_markdown(new_notebook(cells=[own, answer, added, code]))
    assert [each.source for each in (own, answer, added, code)] == [
        "<b>given</b>", "< b>answer< /b>", "< b>added< /b>", "a <b>",
    ]  # fmt: skip
    assert answer.attachments == picture
    assert "attachments" not in added
