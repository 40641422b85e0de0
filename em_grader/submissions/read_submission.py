"""Read what a student submitted: notebook, time and symbolic links, none of which is trusted."""

import json
import os
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.utils import parse_utc

LARGEST_FILE = 64 << 20
"""Bytes of a submitted notebook, which takes many times as many in memory."""

TIMESTAMP = "timestamp.txt"
"""The file beside the notebook in which nbgrader keeps the time of submission."""

UNREADABLE_TIMESTAMP = (
    "The time at which this was handed in cannot be read. It counts as handed in on time until "
    "the instructor decides."
)
"""The note for a submission whose timestamp exists but cannot be read."""

_FILE_TYPES = {
    stat.S_IFLNK: "a symbolic link", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a folder", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device",
}  # fmt: skip


class UnreadableSubmission(ValueError):
    """A submitted file holds no notebook; the message says what it is or holds."""


@dataclass(frozen=True)
class SubmittedCell:
    """What is read of one submitted cell."""

    kind: str  # ``code``, ``markdown`` or ``raw``, as submitted
    source: str
    grade_id: str | None
    cell_id: str | None
    attachments: dict[str, dict[str, str]]  # pictures pasted into a text cell


def read_submission(path: str | Path) -> list[SubmittedCell]:
    """The cells of a submitted file, of any version of nbformat, in their order.

    Raises
    ------
    UnreadableSubmission
        It is no ordinary file, too large, empty, not text, not JSON, or holds no list of cells.
    """
    status = os.lstat(path)
    file_type = _FILE_TYPES.get(stat.S_IFMT(status.st_mode))
    if file_type:
        raise UnreadableSubmission(f"it is no file but {file_type}, which is not followed")
    if status.st_size > LARGEST_FILE:
        raise UnreadableSubmission(
            f"the file takes {status.st_size >> 20} MB, and at most {LARGEST_FILE >> 20} MB are "
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
    return [cell for cell in map(_read_cell, _cells_of(notebook)) if cell is not None]


def _cells_of(notebook: Any) -> list[Any]:
    """The cells of a notebook as JSON; before nbformat 4 they were in worksheets."""
    if isinstance(notebook, dict):
        worksheets = notebook.get("worksheets")
        if isinstance(notebook.get("cells"), list):
            return notebook["cells"]
        if isinstance(worksheets, list) and all(isinstance(sheet, dict) for sheet in worksheets):
            return [cell for sheet in worksheets for cell in sheet.get("cells") or []]
    raise UnreadableSubmission(
        "the file is JSON, but it has no list of cells, so it is no notebook"
    )


def _read_cell(cell: Any) -> SubmittedCell | None:
    if not isinstance(cell, dict):
        return None
    source = cell.get("source", cell.get("input"))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    return SubmittedCell(
        kind=str(cell.get("cell_type")),
        source=source.encode("utf-8", "replace").decode(),
        grade_id=_text_or_none(
            _mapping(_mapping(cell.get("metadata")).get("nbgrader")).get("grade_id")
        ),
        cell_id=_text_or_none(cell.get("id")),
        attachments=_attachments(cell.get("attachments")),
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _attachments(value: Any) -> dict[str, dict[str, str]]:
    """Attachments, if they have nbformat's form: file name → MIME type → base64 text."""
    has_form = isinstance(value, dict) and all(
        isinstance(name, str)
        and isinstance(bundle, dict)
        and all(isinstance(part, str) for pair in bundle.items() for part in pair)
        for name, bundle in value.items()
    )
    return value if has_form else {}


def read_timestamp(submission: Path) -> datetime | None:
    """The time at which the submission in a folder was handed in, in UTC without a time zone.

    None if there is no timestamp or it cannot be read. A symbolic link is not followed.
    """
    path = submission / TIMESTAMP
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        text = path.read_text("utf-8").strip()
        return parse_utc(text) if text else None
    except Exception:  # the parser raises more than ValueError for some texts
        return None


def has_unreadable_timestamp(submission: Path) -> bool:
    """Whether the submission in a folder has a timestamp that cannot be read."""
    return (submission / TIMESTAMP).exists() and read_timestamp(submission) is None


def find_symbolic_links(submission: Path) -> list[Path]:
    """The symbolic links in a submission except notebooks, which ``read_submission`` refuses.

    The paths are relative to the folder of the submission.
    """
    return [
        path.relative_to(submission)
        for folder, _, files in os.walk(submission)
        for path in (Path(folder, name) for name in files)
        if path.is_symlink() and path.suffix != ".ipynb"
    ]


def remove_copies(links: list[Path], graded: Path) -> list[str]:
    """Remove what nbgrader copied from where links lead: a student chose these places.

    The links are those that ``find_symbolic_links`` finds; a note for each of them is returned.
    """
    for link in links:
        (graded / link).unlink(missing_ok=True)
    return [f"{link.name!a} is a symbolic link, which is not followed." for link in links]
