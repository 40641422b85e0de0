"""Formulas in Formgrader and in feedback as MathML, which browsers show without script or network.

nbgrader's pages would load MathJax from a server elsewhere. Where ``nbgrader_config.py`` names the
filters and the templates of this module, each formula is translated when its page is made. What
cannot be translated stays as it was written, which is what a page without MathJax shows too.
"""

import re
from html import escape, unescape
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

TEMPLATES = [
    str(Path(__file__).with_name("templates")),
    str(Path(find_spec("nbgrader").origin).parent / "server_extensions/formgrader/templates"),
]
"""Where nbconvert looks for templates: ours leave MathJax out, the rest are nbgrader's."""
FILTERS = {
    "markdown2html": "em_grader.nbgrader_plugins.mathml.markdown2html",
    "latex2html": "em_grader.nbgrader_plugins.mathml.latex2html",
}

LONGEST = 4000
"""Characters of a formula; the lessons' longest has 440."""
MOST_MARKS = 400
"""Commands and braces of a formula, since the translator recurses; the lessons' has 62."""
_MARK = re.compile(r"\\[a-zA-Z]+|[{^_]")
_DEFINES = re.compile(r"\\(\w*newcommand|providecommand|x?def|let|DeclareMathOperator)")
_ENVIRONMENT = re.compile(r"\s*\\begin\{(equation|align|gather|multline)\*?\}")
_FORMULAS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
_ELEMENT = re.compile(
    r"math|m(row|i|n|o|text|space|s|frac|sqrt|root|style|error|padded|phantom|enclose|sub|sup|subsup"
    r"|under|over|underover|multiscripts|prescripts|table|tr|td)"
)
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot);)\w+;")
_STYLE = re.compile(r"[\w\s:;%.#-]*")


def to_mathml(tex, display):
    """A formula as MathML.

    Parameters
    ----------
    tex : str
        Without its dollar signs.
    display : bool
        Whether it stands on lines of its own; only then may it have a ``\\tag``.

    Returns
    -------
    str or None
        ``None`` if it cannot be translated, or if it is so large that it is left alone.
    """
    from math_core import LatexError, LatexToMathML

    if len(tex) > LONGEST or len(_MARK.findall(tex)) > MOST_MARKS or _DEFINES.search(tex):
        return None
    if display and "\\tag" in tex and not _ENVIRONMENT.match(tex):
        tex = f"\\begin{{equation}}{tex}\\end{{equation}}"
    try:
        shown = LatexToMathML(fancy_error=False).convert_with_local_state(tex, displaystyle=display)
    except LatexError:
        return None
    shown = _ENTITY.sub(lambda found: unescape(found[0]), shown)
    return shown if is_inert(shown) else None


def is_inert(mathml):
    """Whether it holds formulas alone: no links, no actions, no addresses.

    Parameters
    ----------
    mathml : str

    Returns
    -------
    bool
    """
    try:
        elements = list(ElementTree.fromstring(mathml).iter())
    except ElementTree.ParseError:
        return False
    return all(
        _ELEMENT.fullmatch(element.tag)
        and not any(name.startswith("on") or "href" in name for name in element.attrib)
        and _STYLE.fullmatch(element.get("style", ""))
        for element in elements
    )


class MathRenderer(IPythonRenderer):
    """nbconvert's own rendering of Markdown but for formulas."""

    def block_math(self, body):
        """Show a formula on lines of its own."""
        return to_mathml(body, True) or super().block_math(body)

    def inline_math(self, body):
        """Show a formula within a line."""
        return to_mathml(body, False) or super().inline_math(body)

    def latex_environment(self, name, body):
        r"""Show a formula that was written as ``\begin{align}``."""
        whole = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return to_mathml(whole, True) or super().latex_environment(name, body)


@pass_context
def markdown2html(context, source):
    """The filter of that name for nbconvert's templates.

    Parameters
    ----------
    context : jinja2.runtime.Context
        Its cell may have attachments.
    source : str

    Returns
    -------
    str
    """
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = MathRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


def latex2html(source):
    """An output in LaTeX, which has dollar signs, as nbconvert's templates show it.

    Parameters
    ----------
    source : str

    Returns
    -------
    str
    """
    shown, end = [], 0
    for found in _FORMULAS.finditer(source):
        display, inline = found.groups()
        formula = to_mathml(display or inline, display is not None)
        shown += [escape(source[end : found.start()]), formula or escape(found[0])]
        end = found.end()
    return "".join([*shown, escape(source[end:])])
