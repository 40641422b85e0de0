"""Show formulas in Formgrader and in feedback as MathML, without scripts and without network.

nbgrader's pages would load MathJax from a server elsewhere. ``nbgrader_config.py`` names the
filters and the templates of this module, with which each formula is translated when its page is
made. A formula that cannot be translated stays as it was written.
"""

import re
from html import escape, unescape
from importlib.resources import files
from pathlib import Path

from jinja2 import pass_context
from jinja2.runtime import Context
from math_core import LatexError, LatexToMathML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from em_grader.sanitizer.html import is_inert_mathml, sanitize_html

TEMPLATES = [
    str(Path(__file__).with_name("templates")),
    str(files("nbgrader") / "server_extensions" / "formgrader" / "templates"),
]
"""Where nbconvert looks for templates: ours leave MathJax out, the rest are nbgrader's."""
FILTERS = {
    "markdown2html": "em_grader.nbgrader_plugins.mathml.markdown2html",
    "latex2html": "em_grader.nbgrader_plugins.mathml.latex2html",
}
"""The filters for nbconvert's templates, as ``HTMLExporter.filters`` takes them."""

LONGEST = 4000
"""Characters of a formula; the lessons' longest has 440."""
MOST_MARKS = 400
"""Commands and braces of a formula, since the translator recurses; the lessons' has 62."""
_MARK = re.compile(r"\\[a-zA-Z]+|[{^_]")
_DEFINITION = re.compile(r"\\(\w*newcommand|providecommand|x?def|let|DeclareMathOperator)")
_ENVIRONMENT = re.compile(r"\s*\\begin\{(equation|align|gather|multline)\*?\}")
_FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
_NAMED_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot);)\w+;")


def to_mathml(tex: str, display: bool) -> str | None:
    """A formula without its dollar signs as MathML.

    None if it cannot be translated, or is larger than ``LONGEST`` and ``MOST_MARKS`` allow. A
    formula may have a ``\\tag`` only on display, that is, on lines of its own.
    """
    if len(tex) > LONGEST or len(_MARK.findall(tex)) > MOST_MARKS or _DEFINITION.search(tex):
        return None
    if display and "\\tag" in tex and not _ENVIRONMENT.match(tex):
        tex = f"\\begin{{equation}}{tex}\\end{{equation}}"
    translator = LatexToMathML(fancy_error=False)
    try:
        mathml = translator.convert_with_local_state(tex, displaystyle=display)
    except LatexError:
        return None
    mathml = _NAMED_ENTITY.sub(lambda entity: unescape(entity[0]), mathml)
    return mathml if is_inert_mathml(mathml) else None


class MathRenderer(IPythonRenderer):
    """nbconvert's rendering of Markdown, with formulas as MathML."""

    def block_math(self, body: str) -> str:
        """Render a formula that stands on lines of its own."""
        return to_mathml(body, True) or super().block_math(body)

    def inline_math(self, body: str) -> str:
        """Render a formula within a line."""
        return to_mathml(body, False) or super().inline_math(body)

    def latex_environment(self, name: str, body: str) -> str:
        r"""Render a formula that is written as ``\begin{align}``."""
        whole = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return to_mathml(whole, True) or super().latex_environment(name, body)


@pass_context
def markdown2html(context: Context, source: str) -> str:
    """Render Markdown as sanitized HTML: the filter of that name for nbconvert's templates.

    The context's ``cell`` may have attachments.
    """
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = MathRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return sanitize_html(MarkdownWithMath(renderer=renderer).render(source))


def latex2html(source: str) -> str:
    """Render an output in LaTeX, with dollar signs, as HTML: a filter for our templates."""
    parts, end = [], 0
    for formula in _FORMULA.finditer(source):
        display, inline = formula.groups()
        mathml = to_mathml(display or inline, display is not None)
        parts += [escape(source[end : formula.start()]), mathml or escape(formula[0])]
        end = formula.end()
    return "".join([*parts, escape(source[end:])])
