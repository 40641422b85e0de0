"""The HTML that Formgrader and feedback show: everything of the lessons, nothing that acts."""

import base64
from html.parser import HTMLParser

import nbformat
import pytest
from nbconvert.filters.markdown_mistune import MarkdownWithMath

from em_authoring.lesson_paths import all_lessons
from em_grader.nbgrader_plugins.mathml import MathRenderer, markdown2html
from em_grader.sanitizer.html import sanitize_html
from tests.support.active_html import active_in

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n123").decode()
VOID = {"br", "hr", "img", "input"}


class Elements(HTMLParser):
    """The elements and texts of a page in order, without its comments."""

    def __init__(self, page):
        super().__init__()
        self.seen = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, sorted((name, value or "") for name, value in attributes)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.seen.append(("end", tag))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_data(self, data):
        if self.seen and self.seen[-1][0] == "text":
            self.seen[-1] = ("text", self.seen[-1][1] + data)
        else:
            self.seen.append(("text", data))


def rendered(source, attachments=None):
    """What nbconvert makes of Markdown before it is sanitized."""
    renderer = MathRenderer(escape=False, attachments=attachments or {}, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


def shown(source, attachments=None):
    """What Formgrader's filter makes of the Markdown of a cell."""
    return markdown2html({"cell": {"attachments": attachments or {}}}, source)


@pytest.mark.parametrize("lesson", all_lessons(), ids=lambda lesson: lesson.assignment)
def test_the_text_of_the_lessons_stays_as_it_is(lesson):
    for path in (lesson.release, lesson.solution):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                page = rendered(cell.source)
                assert Elements(sanitize_html(page)).seen == Elements(page).seen


@pytest.mark.parametrize(
    "source",
    [
        "| a | b |\n|:--|--:|\n| 1 | $x$ |",
        "```python\ndef f(x):\n    return x  # a comment\n```",
        "```\nno language\n```",
        "* [x] done\n* [ ] not done",
        "<details open><summary>A hint</summary>\n\nUse $\\log$.\n\n</details>",
        "~~gone~~ **bold** *slanted* `code`",
        "term\n: its definition",
        "![a picture](attachment:a.png)",
        "![a picture](pictures/a.png)",
        "3. three\n4. four",
        r"$$\begin{aligned} a &= \color{red} b \\ &= \cancel{c} \end{aligned} \tag{1.2}$$",
    ],
)
def test_what_markdown_can_say_stays_as_it_is(source):
    page = rendered(source, {"a.png": {"image/png": PNG}})
    assert Elements(sanitize_html(page)).seen == Elements(page).seen


def test_links_to_pages_and_mail_addresses_stay():
    for address in ("https://example.org/a?b=1#c", "mailto:a@example.org", "../b.ipynb", "#c"):
        assert f'href="{address}"' in shown(f"[x]({address})")


@pytest.mark.parametrize(
    "source",
    [
        r"[the derivation](javascript\:document.body.id='X-'+document.domain)",
        "[x](javascript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<a href='java\tscript:alert(1)'>x</a>",
        '<a href=" javascript:alert(1)">x</a>',
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<math><mtext><script>alert(1)</script></mtext></math>",
        '<math><mi href="javascript:alert(1)">x</mi></math>',
        "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)>",
        "<form action=//example.org><button>x</button></form>",
        "<iframe src=//example.org></iframe>",
        "<base href=//example.org>",
        "<details open ontoggle=alert(1)>",
    ],
)
def test_nothing_acts_in_what_is_shown(source):
    page = shown(source)
    assert active_in(page) == []
    assert "href=" not in page


@pytest.mark.parametrize(
    "source",
    [
        "![x](https://example.org/a.png)",
        "![x](//example.org/a.png)",
        "![x](/logout)",
        "![x](../../logout)",
        "![x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](http:a.png)",
    ],
)
def test_a_picture_is_asked_of_no_other_place(source):
    assert "src=" not in shown(source)


def test_no_style_covers_the_page_or_loads_anything():
    page = shown(
        '<div style="position: fixed; width: 100%">a</div>'
        '<span style="color: red">b</span><span style="color: url(//example.org)">c</span>'
        '<div class="modal highlight">d</div><p id="e">e</p>'
    )
    assert page.strip() == (
        '<div>a</div><span style="color: red">b</span><span>c</span>'
        '<div class="highlight">d</div><p>e</p>'
    )
