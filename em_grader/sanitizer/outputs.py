"""Outputs of a student's cells, as far as they are text and pictures: nothing that a browser runs.

HTML, JavaScript, SVG, widgets and Markdown are left out in favour of the plain text that comes with
them; pictures must be PNG or JPEG; what is written into a page unescaped (a picture's data and
alternative text, LaTeX) is checked or escaped.
"""

import base64
import binascii
import html
import re

from em_grader.sandbox.serialization import SerializationError

_PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_NOT_SHOWN = "[{kind} is not shown: only text and pictures are]"
_LATEX_THAT_ACTS = re.compile(
    r"[<>&]|\\(href|url|class|cssId|style|require|html|data|unicode|mmlToken|bbox|includegraphics|csname)|:\s*//"
)
_LONGEST_TEXT = 4 << 20
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]")


def sanitize_outputs(outputs):
    """The outputs that a student's process claims for a cell, checked and sanitized.

    Parameters
    ----------
    outputs : object
        A list of outputs in nbformat's form, if the process is honest.

    Returns
    -------
    list of dict

    Raises
    ------
    SerializationError
        They are not in nbformat's form.
    """
    if type(outputs) is not list or len(outputs) > 1000:
        raise SerializationError("outputs that are no list")
    return [_cleaned(each) for each in outputs]


def _cleaned(output):
    kind = output.get("output_type") if type(output) is dict else None
    if kind == "stream" and output.get("name") in ("stdout", "stderr"):
        return {"output_type": kind, "name": output["name"], "text": _text(output.get("text"))}
    if kind == "error":
        return {
            "output_type": kind,
            "ename": _text(output.get("ename")),
            "evalue": _text(output.get("evalue")),
            "traceback": [_text(line) for line in _list(output.get("traceback"))],
        }
    if kind in ("display_data", "execute_result"):
        return _shown(output, kind)
    raise SerializationError("an output of unknown kind")


def _shown(output, kind):
    data, metadata = _mapping(output.get("data")), _mapping(output.get("metadata"))
    kept, about = {}, {}
    for form in _PICTURES:
        if form in data:
            kept[form] = picture(data[form], form)
            about[form] = _about_picture(metadata.get(form, metadata))
    latex = data.get("text/latex")
    if type(latex) is str and len(latex) < 20_000 and not _LATEX_THAT_ACTS.search(latex):
        kept["text/latex"] = latex
    if type(data.get("text/plain")) is str:
        kept["text/plain"] = _text(data["text/plain"])
    if not kept:
        kind_of_data = re.sub(r"[^\w/+.-]", "", next(iter(data), ""))[:60]
        kept["text/plain"] = _NOT_SHOWN.format(kind=kind_of_data or "an empty output")
    shown = {"output_type": kind, "data": kept, "metadata": {k: v for k, v in about.items() if v}}
    return shown | ({"execution_count": None} if kind == "execute_result" else {})


def picture(data, form):
    """A picture's data in base64 and in no other characters.

    Parameters
    ----------
    data : str
    form : str
        ``image/png`` or ``image/jpeg``.

    Returns
    -------
    str

    Raises
    ------
    SerializationError
        It is no such picture.
    """
    if form not in _PICTURES:
        raise SerializationError("a picture of unknown kind")
    try:
        content = base64.b64decode("".join(_text(data).split()), validate=True)
    except (binascii.Error, ValueError):
        raise SerializationError("a picture that is not in base64") from None
    if not content.startswith(_PICTURES[form]):
        raise SerializationError("a picture of another kind than it says")
    return base64.b64encode(content).decode()


def _about_picture(metadata):
    about = {}
    if type(metadata) is dict:
        for side in ("width", "height"):
            if type(metadata.get(side)) is int and 0 < metadata[side] < 10_000:
                about[side] = metadata[side]
        if type(metadata.get("alt")) is str:
            about["alt"] = html.escape(_text(metadata["alt"])[:2000].replace("`", "'"))
    return about


def _text(value):
    if type(value) is not str or len(value) > _LONGEST_TEXT:
        raise SerializationError("an output that is no text")
    return _CONTROLS.sub("", value)


def _list(value):
    if type(value) is not list or len(value) > 500:
        raise SerializationError("an output that is no list")
    return value


def _mapping(value):
    if type(value) is not dict or not all(type(key) is str for key in value):
        raise SerializationError("an output that is no mapping")
    return value
