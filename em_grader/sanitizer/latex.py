"""Commands of LaTeX that act in a browser, and what to do about them."""

import re

_ACTIVE_COMMAND = re.compile(
    r"\\(?=href|url|class|cssId|style|require|html|data|unicode|mmlToken|bbox|includegraphics"
    r"|csname)"
)
"""The backslash of a command with which MathJax or KaTeX makes links, styles, classes or tags.

Commands that begin with these names count as well, such as KaTeX's ``\\htmlStyle``.
"""
_MARKUP_OR_ADDRESS = re.compile(r"[<>&]|:\s*//")
_LONGEST = 20_000
"""Characters of one output in LaTeX."""


def disable_active_commands(text: str) -> str:
    """Text without the backslashes that begin active commands, so that these are plain letters.

    Parameters
    ----------
    text : str
        LaTeX, or Markdown with formulas in it.
    """
    return _ACTIVE_COMMAND.sub("", text)


def is_inert_latex(latex: object) -> bool:
    """Whether an output in LaTeX can be shown: no active command, no markup, no address.

    Parameters
    ----------
    latex : object
        Anything; what is not a text of moderate length is not shown either.
    """
    return (
        type(latex) is str
        and len(latex) < _LONGEST
        and not _ACTIVE_COMMAND.search(latex)
        and not _MARKUP_OR_ADDRESS.search(latex)
    )
