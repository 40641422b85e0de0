"""Sanitize the outputs of a student's cells: text and pictures, nothing that a browser runs.

HTML, JavaScript, SVG, widgets and Markdown are left out in favour of the plain text that comes with
them. Pictures must be PNG or JPEG. What is written into a page unescaped (a picture's data and
alternative text, LaTeX) is checked or escaped.
"""

import base64
import binascii
import html
import re
from typing import Any

_SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
"""The first bytes of a picture by its MIME type."""
_NOT_SHOWN = "[{mime_type} is not shown: only text and pictures are]"
_MOST_OUTPUTS = 1000
_MOST_LINES = 500
"""Lines of a traceback."""
_LONGEST_TEXT = 4 << 20
_LONGEST_LATEX = 20_000
_LONGEST_ALTERNATIVE_TEXT = 2000
_LARGEST_SIDE = 10_000
"""Pixels."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]")
_ACTIVE_COMMAND = re.compile(
    r"\\(?=href|url|class|cssId|style|require|html|data|unicode|mmlToken|bbox|includegraphics"
    r"|csname)"
)
"""The backslash of a command with which MathJax or KaTeX makes links, styles, classes or tags.

Commands that begin with these names count as well, such as KaTeX's ``\\htmlStyle``.
"""
_MARKUP_OR_ADDRESS = re.compile(r"[<>&]|:\s*//")


class InvalidOutput(ValueError):
    """What a student's process reports as outputs is not in nbformat's form."""


def sanitize_outputs(outputs: object) -> list[dict[str, Any]]:
    """Check and sanitize the outputs that a student's process reports for a cell.

    Raises ``InvalidOutput`` if they are not a list of outputs in nbformat's form.
    """
    if type(outputs) is not list or len(outputs) > _MOST_OUTPUTS:
        raise InvalidOutput("outputs that are no list")
    return [_sanitize_output(output) for output in outputs]


def check_picture(data: object, mime_type: str) -> str:
    """A picture's data in base64 and in no other characters.

    Raises ``InvalidOutput`` if the data are no picture of this type, ``image/png`` or
    ``image/jpeg``.
    """
    if mime_type not in _SIGNATURES:
        raise InvalidOutput("a picture of unknown kind")
    try:
        content = base64.b64decode("".join(_text(data).split()), validate=True)
    except (binascii.Error, ValueError):
        raise InvalidOutput("a picture that is not in base64") from None
    if not content.startswith(_SIGNATURES[mime_type]):
        raise InvalidOutput("a picture of another kind than it says")
    return base64.b64encode(content).decode()


def disable_active_commands(text: str) -> str:
    """LaTeX, or Markdown with formulas, without the backslashes that begin active commands.

    Those commands are plain letters then.
    """
    return _ACTIVE_COMMAND.sub("", text)


def is_inert_latex(latex: object) -> bool:
    """Whether an output in LaTeX can be shown: no active command, no markup, no address.

    What is not a text of moderate length is not shown either.
    """
    return (
        type(latex) is str
        and len(latex) < _LONGEST_LATEX
        and not _ACTIVE_COMMAND.search(latex)
        and not _MARKUP_OR_ADDRESS.search(latex)
    )


def _sanitize_output(output: object) -> dict[str, Any]:
    if type(output) is not dict:
        raise InvalidOutput("an output of unknown kind")
    kind = output.get("output_type")
    if kind == "stream" and output.get("name") in ("stdout", "stderr"):
        return {"output_type": kind, "name": output["name"], "text": _text(output.get("text"))}
    if kind == "error":
        return {
            "output_type": kind,
            "ename": _text(output.get("ename")),
            "evalue": _text(output.get("evalue")),
            "traceback": [_text(line) for line in _lines(output.get("traceback"))],
        }
    if kind in ("display_data", "execute_result"):
        data, metadata = _mapping(output.get("data")), _mapping(output.get("metadata"))
        count = {"execution_count": None} if kind == "execute_result" else {}
        return {"output_type": kind, **_sanitize_display(data, metadata), **count}
    raise InvalidOutput("an output of unknown kind")


def _sanitize_display(data: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
    """The data and metadata of an output, of which only pictures, LaTeX and text are kept."""
    kept, kept_metadata = {}, {}
    for mime_type in _SIGNATURES:
        if mime_type in data:
            kept[mime_type] = check_picture(data[mime_type], mime_type)
            picture_metadata = _picture_metadata(metadata.get(mime_type, metadata))
            if picture_metadata:
                kept_metadata[mime_type] = picture_metadata
    if is_inert_latex(data.get("text/latex")):
        kept["text/latex"] = data["text/latex"]
    if type(data.get("text/plain")) is str:
        kept["text/plain"] = _text(data["text/plain"])
    if not kept:
        mime_type = re.sub(r"[^\w/+.-]", "", next(iter(data), ""))[:60]
        kept["text/plain"] = _NOT_SHOWN.format(mime_type=mime_type or "an empty output")
    return {"data": kept, "metadata": kept_metadata}


def _picture_metadata(metadata: object) -> dict[str, Any]:
    """A picture's size in pixels and its alternative text, escaped."""
    kept: dict[str, Any] = {}
    if type(metadata) is dict:
        for side in ("width", "height"):
            if type(metadata.get(side)) is int and 0 < metadata[side] < _LARGEST_SIDE:
                kept[side] = metadata[side]
        if type(metadata.get("alt")) is str:
            alternative_text = _text(metadata["alt"])[:_LONGEST_ALTERNATIVE_TEXT]
            kept["alt"] = html.escape(alternative_text.replace("`", "'"))
    return kept


def _text(value: object) -> str:
    if type(value) is not str or len(value) > _LONGEST_TEXT:
        raise InvalidOutput("an output that is no text")
    return _CONTROLS.sub("", value)


def _lines(value: object) -> list[Any]:
    if type(value) is not list or len(value) > _MOST_LINES:
        raise InvalidOutput("an output that is no list")
    return value


def _mapping(value: object) -> dict[str, Any]:
    if type(value) is not dict or not all(type(key) is str for key in value):
        raise InvalidOutput("an output that is no mapping")
    return value
