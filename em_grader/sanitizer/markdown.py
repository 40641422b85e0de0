"""A student's Markdown, as far as it is text: nothing that a browser runs once it is HTML.

Cells of Markdown are turned into HTML by Formgrader and in feedback, where tags in them would be
tags of the page, and links could run scripts.
"""

import re

from em_grader.sandbox.serialization import SerializationError
from em_grader.sanitizer.outputs import picture

_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ACTIVE = re.compile(r"(javascript|vbscript|data)(?=\s*(:|&colon;))", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#|Tab;|NewLine;|colon;|lpar;)")
_ACTING_LATEX = re.compile(
    r"\\(?=(href|url|class|cssId|style|require|html|unicode|mmlToken|bbox|includegraphics|csname)\b)"
)
_PICTURE_FROM_ELSEWHERE = re.compile(r"!(?=\[(?!(?:[^\[\]]{0,1000})\]\(attachment:))")


def sanitize_markdown(source):
    """Text that no browser runs: a space after ``<`` where a tag would begin, and the like.

    Pictures that lie elsewhere become links, so that opening a page asks nobody for anything.

    Parameters
    ----------
    source : str

    Returns
    -------
    str
    """
    changes = (
        (_ENTITY, "& "), (_TAG, "< "), (_ACTIVE, r"\1 "), (_ACTING_LATEX, ""),
        (_PICTURE_FROM_ELSEWHERE, ""),
    )  # fmt: skip
    for pattern, other in changes:
        source = pattern.sub(other, source)
    return source


def sanitize_attachments(attachments):
    """Of the pictures pasted into a cell, those that are PNG or JPEG.

    Parameters
    ----------
    attachments : dict
        File name → kind → base64 text.

    Returns
    -------
    dict
    """
    kept = {}
    for name, bundle in attachments.items():
        for kind, data in bundle.items():
            try:
                kept[name] = {kind: picture(data, kind)}
            except SerializationError:
                continue
    return kept
