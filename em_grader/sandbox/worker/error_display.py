"""Keeping the grader's own frames and file names out of the errors and warnings that students read.

Functions of the reference are called through the guard (``runtime_check``), and the standard
streams are the shell's; both would otherwise show in students' tracebacks.
"""

import os
import warnings
from pathlib import Path
from types import TracebackType

_FOLDER = str(Path(__file__).parents[2]) + os.sep
"""The folder of the package ``em_grader``."""


def drop_grader_frames(error: BaseException | None) -> None:
    """Remove the grader's frames from an exception's traceback and from those of its causes.

    Parameters
    ----------
    error : BaseException or None
        Changed in place.
    """
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        error = waiting.pop()
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        error.__traceback__ = _without_grader_frames(error.__traceback__)
        waiting += [error.__cause__, error.__context__]


def shorten_warnings() -> None:
    """Show a warning without file and line where these are the grader's."""
    original = warnings.formatwarning

    def format_warning(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        line: str | None = None,
    ) -> str:
        if filename.startswith(_FOLDER):
            return f"{category.__name__}: {message}\n"
        return original(message, category, filename, lineno, line)

    warnings.formatwarning = format_warning


def _without_grader_frames(traceback: TracebackType | None) -> TracebackType | None:
    kept: list[TracebackType] = []
    while traceback is not None:
        if not traceback.tb_frame.f_code.co_filename.startswith(_FOLDER):
            kept.append(traceback)
        traceback = traceback.tb_next
    for entry, following in zip(kept, [*kept[1:], None], strict=True):
        entry.tb_next = following
    return kept[0] if kept else None
