"""IPython without a kernel: runs a student's cells and collects what a notebook would show."""

from __future__ import annotations

import base64
import builtins
import io
import os
import sys
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell

MAX_OUTPUTS = 200
_MAX_TRACEBACK_LINES = 30
CUT = "\n[the rest of this output was cut: it passed the limit]\n"
_MAX_TRACEBACK_LINE = 10_000
_MAX_MESSAGE = 2000
_GRADER_FOLDER = str(Path(__file__).parents[2]) + os.sep
"""The folder of ``em_grader``, whose frames and file names are kept from students' tracebacks.

They would show there since the runtime check calls the reference, and the streams are the shell's.
"""


class Outputs:
    """The outputs of one cell in nbformat's form, up to a number of bytes."""

    def __init__(self, limit: int):
        self.items: list[dict[str, Any]] = []
        self._left, self._limit, self._cut = limit, limit, False

    def add(self, output: dict[str, Any], size: int) -> None:
        """Add an output, or once a remark that the rest is cut."""
        if self._cut:
            return
        if size > self._left or len(self.items) >= MAX_OUTPUTS:
            self._cut = True
            self.items.append({"output_type": "stream", "name": "stdout", "text": CUT})
            return
        self._left -= size
        self.items.append(output)

    def write(self, stream: str, text: str) -> None:
        """Add text to a stream; consecutive text of one stream is one output."""
        if self._cut:
            return
        text = text[: self._left + 1]
        last = self.items[-1] if self.items else {}
        if last.get("name") == stream and len(text) <= self._left:
            self._left -= len(text)
            last["text"] += text
        else:
            fits = text[: self._left]
            self.add({"output_type": "stream", "name": stream, "text": fits}, len(fits))
            if len(fits) < len(text):
                self.add({}, len(text))

    def clear(self) -> None:
        """Remove all outputs, as ``clear_output`` does."""
        self.items, self._left, self._cut = [], self._limit, False


class Stream(io.TextIOBase):
    """Standard output or error of a cell."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, shell: Shell, name: str):
        self._shell, self.name = shell, name

    def write(self, text: str) -> int:
        """Add text to the outputs of the running cell."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._shell.outputs.write(self.name, text)
        return len(text)

    def writable(self) -> bool:
        """Return True."""
        return True


def _as_text(data):
    return {
        kind: base64.b64encode(content).decode() if isinstance(content, bytes) else content
        for kind, content in data.items()
    }


def _size(data):
    return sum(len(str(content)) for content in data.values())


class Publisher(DisplayPublisher):
    """Collects what cells display."""

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: Any = None,
        **options: Any,
    ) -> None:
        """Add a picture or another display."""
        data = _as_text(data)
        output = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
        self.shell.outputs.add(output, _size(data))

    def clear_output(self, wait: bool = False) -> None:
        """Remove what the cell has shown so far."""
        self.shell.outputs.clear()


class Hook(DisplayHook):
    """Collects the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        """Write no prompt; notebooks show their own."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        """Keep the value's representations until ``finish_displayhook``."""
        self._representations = _as_text(format_dict), md_dict or {}

    def finish_displayhook(self) -> None:
        """Add the value to the outputs."""
        data, metadata = self.__dict__.pop("_representations", ({}, {}))
        if data:
            output = {"output_type": "execute_result", "data": data, "metadata": metadata}
            assert self.shell is not None
            self.shell.outputs.add({**output, "execution_count": None}, _size(data))


class Shell(InteractiveShell):
    """An interactive shell that collects its outputs in ``outputs``."""

    displayhook_class, display_pub_class = Hook, Publisher
    outputs = Outputs(0)

    def init_history(self) -> None:
        """Keep no history, which would need a file and a thread."""
        self.config.HistoryManager.enabled = False
        super().init_history()

    def init_io(self) -> None:
        """Do nothing; ``attach_streams`` is called after the fork."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing, since there is no screen."""

    def system(self, command: str) -> None:
        """Skip ``!command`` and ``%pip install``, without an error."""
        print(f"[not run while a notebook is graded: {str(command)[:100]}]")

    def getoutput(self, command: str, split: bool = True, depth: int = 0) -> list[str] | str:
        """Return no lines for ``lines = !command``."""
        self.system(command)
        return [] if split else ""

    def ask_exit(self) -> None:
        """Ignore ``exit()`` in a notebook."""

    def raw_input(self, prompt: str = "") -> str:
        """Raise, since nobody can answer."""
        raise StdinNotImplementedError("input() is not answered while a notebook is graded.")

    def showtraceback(self, exc_tuple: Any = None, *arguments: Any, **options: Any) -> None:
        """Show a traceback without the grader's own frames."""
        drop_grader_frames(exc_tuple[1] if exc_tuple else sys.exc_info()[1])
        super().showtraceback(exc_tuple, *arguments, **options)

    def _showtraceback(self, kind, error, traceback):
        lines = [str(line)[:_MAX_TRACEBACK_LINE] for line in traceback[-_MAX_TRACEBACK_LINES:]]
        name, message = getattr(kind, "__name__", "Exception"), _message(error)
        output = {"output_type": "error", "ename": name, "evalue": message, "traceback": lines}
        self.outputs.add(output, sum(map(len, lines)))


def _message(error):
    try:
        return str(error)[:_MAX_MESSAGE]
    except Exception:
        return ""


def create_shell() -> Shell:
    """Create the process's one shell, before the fork."""
    return Shell.instance()


def attach_streams(shell: Shell) -> None:
    """Redirect this process's standard streams into the shell's outputs."""
    sys.stdout, sys.stderr = Stream(shell, "stdout"), Stream(shell, "stderr")
    vars(builtins)["input"] = shell.raw_input


def run_student_cell(
    shell: Shell, source: str, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Run one cell, whose outputs may take ``limit`` bytes.

    Returns its outputs, and the name of the exception that ended it, or None.
    """
    shell.outputs = Outputs(limit)
    result = shell.run_cell(source, store_history=True)
    error = result.error_before_exec or result.error_in_exec
    if isinstance(error, SystemExit):
        output = {"output_type": "error", "ename": "SystemExit", "evalue": _message(error)}
        shell.outputs.add({**output, "traceback": ["SystemExit"]}, 100)
    return shell.outputs.items, type(error).__name__ if error is not None else None


def drop_grader_frames(error: BaseException | None) -> None:
    """Remove the grader's frames from an exception's traceback and from those of its causes."""
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
        if filename.startswith(_GRADER_FOLDER):
            return f"{category.__name__}: {message}\n"
        return original(message, category, filename, lineno, line)

    warnings.formatwarning = format_warning


def _without_grader_frames(traceback: TracebackType | None) -> TracebackType | None:
    kept: list[TracebackType] = []
    while traceback is not None:
        if not traceback.tb_frame.f_code.co_filename.startswith(_GRADER_FOLDER):
            kept.append(traceback)
        traceback = traceback.tb_next
    for entry, following in zip(kept, [*kept[1:], None], strict=True):
        entry.tb_next = following
    return kept[0] if kept else None
