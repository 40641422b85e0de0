"""IPython without a kernel: runs a student's cells and collects what a notebook would show."""

import base64
import builtins
import io
import sys

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell

MOST_OUTPUTS = 200
LONGEST_TRACEBACK = 30
CUT = "\n[the rest of this output was cut: it passed the limit]\n"


class Outputs:
    """The outputs of one cell in nbformat's form, up to a number of bytes.

    Attributes
    ----------
    items : list of dict
    """

    def __init__(self, limit):
        self.items, self._left, self._limit, self._cut = [], limit, limit, False

    def add(self, output, size):
        """Add an output, or one remark that the rest is cut."""
        if self._cut:
            return
        if size > self._left or len(self.items) >= MOST_OUTPUTS:
            self._cut = True
            self.items.append({"output_type": "stream", "name": "stdout", "text": CUT})
            return
        self._left -= size
        self.items.append(output)

    def write(self, stream, text):
        """Add text to a stream; what is printed in a row is one output."""
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

    def clear(self):
        """Take back everything, as ``clear_output`` does."""
        self.__init__(self._limit)


class Stream(io.TextIOBase):
    """Standard output or error of a cell."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, shell, name):
        self._shell, self.name = shell, name

    def write(self, text):
        """Add text to the outputs of the cell that runs."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._shell.outputs.write(self.name, text)
        return len(text)

    def writable(self):
        """It is."""
        return True


def _as_text(data):
    return {
        kind: base64.b64encode(each).decode() if isinstance(each, bytes) else each
        for kind, each in data.items()
    }


def _size(data):
    return sum(len(str(each)) for each in data.values())


class Publisher(DisplayPublisher):
    """Takes what cells display."""

    def publish(self, data, metadata=None, **options):
        """Add a picture, or whatever it is."""
        data = _as_text(data)
        output = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
        self.shell.outputs.add(output, _size(data))

    def clear_output(self, wait=False):
        """Take back what the cell has shown so far."""
        self.shell.outputs.clear()


class Hook(DisplayHook):
    """Takes the value of a cell's last line."""

    def write_output_prompt(self):
        """No prompt; notebooks show their own."""

    def write_format_data(self, format_dict, md_dict=None):
        """Keep the value's forms for the end."""
        self._forms = _as_text(format_dict), md_dict or {}

    def finish_displayhook(self):
        """Add the value to the outputs."""
        data, metadata = self.__dict__.pop("_forms", ({}, {}))
        if data:
            output = {"output_type": "execute_result", "data": data, "metadata": metadata}
            self.shell.outputs.add({**output, "execution_count": None}, _size(data))


class Shell(InteractiveShell):
    """An interactive shell whose outputs go into ``outputs``."""

    displayhook_class, display_pub_class = Hook, Publisher
    outputs = Outputs(0)

    def init_history(self):
        """Keep no history: it would need a file and a thread."""
        self.config.HistoryManager.enabled = False
        super().init_history()

    def init_io(self):
        """The streams are attached after the fork."""

    def enable_gui(self, gui=None):
        """There is no screen."""

    def system(self, command):
        """``!command`` and ``%pip install`` are left out, at no cost."""
        print(f"[not run while a notebook is graded: {str(command)[:100]}]")

    def getoutput(self, command, split=True, depth=0):
        """``lines = !command`` gives no lines."""
        self.system(command)
        return [] if split else ""

    def ask_exit(self):
        """``exit()`` in a notebook that is graded does nothing."""

    def raw_input(self, prompt=""):
        """Nobody is there to answer."""
        raise StdinNotImplementedError("input() is not answered while a notebook is graded.")

    def _showtraceback(self, kind, error, traceback):
        lines = [str(line)[:10_000] for line in traceback[-LONGEST_TRACEBACK:]]
        name, message = getattr(kind, "__name__", "Exception"), _message(error)
        output = {"output_type": "error", "ename": name, "evalue": message, "traceback": lines}
        self.outputs.add(output, sum(map(len, lines)))


def _message(error):
    try:
        return str(error)[:2000]
    except Exception:
        return ""


def make():
    """The process's one shell, for use before the fork."""
    return Shell.instance()


def attach(shell):
    """Send this process's standard streams into the shell's outputs."""
    sys.stdout, sys.stderr = Stream(shell, "stdout"), Stream(shell, "stderr")
    builtins.input = shell.raw_input


def run(shell, source, limit):
    """Run one cell.

    Parameters
    ----------
    shell : Shell
    source : str
    limit : int
        Bytes of outputs.

    Returns
    -------
    outputs : list of dict
    error : str or None
        The name of the exception it ended with.
    """
    shell.outputs = Outputs(limit)
    result = shell.run_cell(source, store_history=True)
    error = result.error_before_exec or result.error_in_exec
    if isinstance(error, SystemExit):
        said = {"ename": "SystemExit", "evalue": _message(error), "traceback": ["SystemExit"]}
        shell.outputs.add({"output_type": "error", **said}, 100)
    return shell.outputs.items, type(error).__name__ if error is not None else None
