"""Reading what a student handed in, trusting nothing of it but the text of its cells."""

import json
import os
import stat
from dataclasses import dataclass

LARGEST_FILE = 64 << 20
"""Bytes of a submitted notebook; what it takes in memory is many times that."""

_KINDS = {
    stat.S_IFLNK: "a symbolic link", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a folder", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device",
}  # fmt: skip


class UnreadableSubmission(ValueError):
    """A submitted file holds no notebook; the message says what it holds."""


@dataclass(frozen=True)
class SubmittedCell:
    """What counts of one submitted cell.

    Attributes
    ----------
    kind : str
        ``code``, ``markdown`` or ``raw``, as submitted.
    source : str
    grade_id : str or None
    cell_id : str or None
    attachments : dict
        Pictures pasted into a text cell.
    """

    kind: str
    source: str
    grade_id: str | None
    cell_id: str | None
    attachments: dict


def read_submission(path):
    """The cells of a submitted file, of any nbformat, in their order.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    list of SubmittedCell

    Raises
    ------
    UnreadableSubmission
        It is no ordinary file, too large, empty, not text, not JSON, or holds no list of cells.
    """
    about = os.lstat(path)
    kind = _KINDS.get(stat.S_IFMT(about.st_mode))
    if kind:
        raise UnreadableSubmission(f"it is no file but {kind}, which is not followed")
    if about.st_size > LARGEST_FILE:
        raise UnreadableSubmission(
            f"the file takes {about.st_size >> 20} MB, and at most {LARGEST_FILE >> 20} MB are "
            f"read; clear the outputs that take the room"
        )
    with open(path, "rb") as file:
        content = file.read()
    if not content.strip():
        raise UnreadableSubmission(f"the file is empty ({len(content)} bytes)")
    try:
        notebook = json.loads(content.decode("utf-8-sig"), parse_int=float)
    except UnicodeDecodeError:
        raise UnreadableSubmission("the file is not text, so it is no notebook") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableSubmission(f"the file is not valid JSON ({error})") from None
    return [cell for cell in map(_cell, _listed(notebook)) if cell is not None]


def _listed(notebook):
    if isinstance(notebook, dict):
        worksheets = notebook.get("worksheets")
        if isinstance(notebook.get("cells"), list):
            return notebook["cells"]
        if isinstance(worksheets, list) and all(isinstance(sheet, dict) for sheet in worksheets):
            return [cell for sheet in worksheets for cell in sheet.get("cells") or []]
    raise UnreadableSubmission(
        "the file is JSON, but it has no list of cells, so it is no notebook"
    )


def _cell(cell):
    if not isinstance(cell, dict):
        return None
    source = cell.get("source", cell.get("input"))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    attachments = cell.get("attachments")
    return SubmittedCell(
        kind=str(cell.get("cell_type")),
        source=source.encode("utf-8", "replace").decode(),
        grade_id=_text(_mapping(_mapping(cell.get("metadata")).get("nbgrader")).get("grade_id")),
        cell_id=_text(cell.get("id")),
        attachments=attachments if _pictures(attachments) else {},
    )


def _mapping(value):
    return value if isinstance(value, dict) else {}


def _text(value):
    return value if isinstance(value, str) else None


def _pictures(attachments):
    """Whether attachments have nbformat's form: file name → MIME type → base64 text."""
    return isinstance(attachments, dict) and all(
        isinstance(name, str)
        and isinstance(bundle, dict)
        and all(isinstance(part, str) for pair in bundle.items() for part in pair)
        for name, bundle in attachments.items()
    )
