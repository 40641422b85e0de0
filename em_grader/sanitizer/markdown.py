"""Sanitize the Markdown of students in the notebook itself, before anything makes HTML of it.

Where Markdown is turned into HTML, tags in it would be tags of the page, and links could run
scripts. Feedback and Formgrader sanitize the HTML as well (``em_grader.sanitizer.html``); a graded
notebook is also opened by programs that do not.
"""

import re
from collections.abc import Mapping

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from em_grader.sanitizer.outputs import InvalidOutput, check_picture, disable_active_commands

_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ACTIVE_SCHEME = re.compile(r"(javascript|vbscript|data)(?=[\s\\]*(:|&colon;))", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#|Tab;|NewLine;|colon;|lpar;)")
_PICTURE_FROM_ELSEWHERE = re.compile(r"!(?=\[(?!(?:[^\[\]]{0,1000})\]\(attachment:))")


def sanitize_student_markdown(notebook: NotebookNode) -> None:
    """Sanitize the Markdown cells that a student wrote or added to a rebuilt submission, in place.

    The lesson's own cells stay as they are.
    """
    for cell in notebook.cells:
        added = cell.metadata.get("em_grader", {}).get("from") == "student"
        if cell.cell_type != "code" and (added or is_solution(cell)):
            cell.source = sanitize_markdown(cell.source)
            if cell.get("attachments"):
                cell.attachments = sanitize_attachments(cell.attachments)


def sanitize_markdown(source: str) -> str:
    """Markdown without tags, active links, active LaTeX and pictures from elsewhere.

    A space follows each ``<`` that would begin a tag, and breaks each scheme and each entity that
    could hide one. Pictures from elsewhere become links, so that opening a page asks no server for
    anything.
    """
    source = _ENTITY.sub("& ", source)
    source = _TAG.sub("< ", source)
    source = _ACTIVE_SCHEME.sub(r"\1 ", source)
    source = disable_active_commands(source)
    return _PICTURE_FROM_ELSEWHERE.sub("", source)


def sanitize_attachments(
    attachments: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, str]]:
    """The attachments that are PNG or JPEG pictures: base64 text by file name and MIME type."""
    pictures = {}
    for name, bundle in attachments.items():
        for mime_type, data in bundle.items():
            try:
                pictures[name] = {mime_type: check_picture(data, mime_type)}
            except InvalidOutput:
                continue
    return pictures
