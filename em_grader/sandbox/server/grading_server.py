"""The coordinator's side: a fork server, and notebooks graded by it."""

import atexit
import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import threading
from collections import deque
from dataclasses import asdict, dataclass, field

from em_grader import child_process
from em_grader.sandbox import serialization
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.process_client import ProcessClient

_INHERITED = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT")
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_PATIENCE = 120
"""Seconds that the fork server may take to load and to try its jail."""

_SERVERS, _STARTING = {}, threading.Lock()
"""The fork servers of this process by level; Formgrader's process grades many times."""


class NoSandbox(RuntimeError):
    """No jail holds on this machine; the message says what was tried and what to do."""


class Job:
    """A notebook on its way: ``result`` waits for it."""

    def __init__(self, reader, give_back, given):
        self._reader, self._give_back, self._given = reader, give_back, given

    def result(self):
        """The outcome.

        Returns
        -------
        dict
            ``outputs``: for each cell a list of outputs in nbformat's form;
            ``restarts``: how often a student's process was started again.

        Raises
        ------
        RuntimeError
            The referee failed, which no answer should be able to bring about.
        """
        try:
            said, value = serialization.receive(self._reader.socket)
        except (EOFError, ConnectionError):
            said, value = "failed", "the referee's process ended."
        self._give_back(self._reader, said == "done")
        if said != "done":
            raise RuntimeError(f"the referee failed: {value}")
        if self._given is not None:
            given = self._given.outputs()
            value["outputs"] = [
                given[outputs] if isinstance(outputs, int) else outputs
                for outputs in value["outputs"]
            ]
        return value


class _Given:
    """What a lesson's own cells show: run once, beside the first notebook, which waits for it.

    Parameters
    ----------
    start : callable
        Starts the job.
    """

    def __init__(self, start):
        self._start, self._job, self._shown = start, start(), None
        self._waiting = threading.Lock()

    def outputs(self):
        """The outputs of each cell, in order.

        Raises
        ------
        RuntimeError
            The referee failed; who asks next starts anew.
        """
        with self._waiting:
            if self._shown is None:
                job, self._job = self._job or self._start(), None
                self._shown = job.result()
            return self._shown


@dataclass
class _Lesson:
    """What is kept while the notebooks of one lesson are graded.

    Attributes
    ----------
    cells : list of dict
        The lesson's own, its answers empty.
    given : dict of Limits to _Given
    free : deque of Child
        Readers of the lesson that wait for a notebook.
    starting : threading.Lock
        Held while a job for ``given`` is started.
    """

    cells: list
    given: dict = field(default_factory=dict)
    free: deque = field(default_factory=deque)
    starting: threading.Lock = field(default_factory=threading.Lock)


class Server:
    """Grades notebooks, each in a referee's process with the student's cells in a jail.

    Parameters
    ----------
    level : str
        ``auto`` for the strongest jail that holds, or one of ``jail.LEVELS``.

    Attributes
    ----------
    level : str
        The jail that is used.
    places : int
        How many notebooks it runs at one time.
    reports : dict
        For each jail that was tried, what was tried and what did not hold.

    Raises
    ------
    NoSandbox
        No jail holds, and none was not asked for.
    """

    def __init__(self, level="auto"):
        if sys.platform != "linux":
            raise NoSandbox(
                "Student code is run in a sandbox of Linux; on macOS and Windows grade in the "
                "container or in WSL2 as SECURITY.md says."
            )
        from em_grader.sandbox.server import server_folder  # which Windows cannot import

        self._folder, self._lock = server_folder.make()
        self._folder.chmod(0o711)
        private = self._folder / "private"
        private.mkdir(0o700)
        secret = private / "secret"
        secret.write_text("not for students", "utf-8")
        inside = self._folder / "inside"
        inside.mkdir(0o711)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        environment |= dict.fromkeys(_THREADS, "1") | {"PYTHONHASHSEED": "0"}
        environment |= {"HOME": str(inside), "MPLCONFIGDIR": str(inside), "IPYTHONDIR": str(inside)}
        environment |= {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
        environment |= {"NBGRADER_EXECUTION": "autograde"}
        options = str(theirs.fileno()), level, str(inside), str(secret)
        self._process = subprocess.Popen(
            child_process.command("em_grader.sandbox.server.fork_server", *options),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd="/",
        )
        theirs.close()
        atexit.register(self.stop)
        self._nursery, self._lesson = ProcessClient(self._control), _Lesson([])
        self._turning, self.places = threading.Lock(), os.cpu_count() or 1
        self.level, self.reports = self._introduced()

    def submit(self, cells, limits=None, show_given=True):
        """Start grading a notebook.

        Parameters
        ----------
        cells : list of dict
            As ``cell_roles.describe_cells`` makes them.
        limits : Limits, optional
        show_given : bool
            Whether the outputs of the lesson's own cells are wanted, too.

        Returns
        -------
        Job
        """
        limits, lesson = limits or Limits(), self._taken_up(cells)
        with lesson.starting:
            if show_given and limits not in lesson.given:
                lesson.given[limits] = _Given(
                    lambda: self._job("given", lesson, lesson.cells, limits)
                )
        given = lesson.given[limits] if show_given else None
        return self._job("grade", lesson, cells, limits, given)

    def explain(self, cells, limits=None):
        """Grade a notebook, and say what only the instructor may see of the tests that it lost.

        Parameters
        ----------
        cells : list of dict
        limits : Limits, optional

        Returns
        -------
        dict
            As ``Job.result``, with ``details`` as ``referee.TrustedGrader.explain`` has them.
        """
        lesson = self._taken_up(cells)
        return self._job("explain", lesson, cells, limits or Limits()).result()

    def grade(self, notebook, limits=None):
        """Grade one notebook and put the outputs into its code cells.

        Parameters
        ----------
        notebook : nbformat.NotebookNode
            A submission as ``rebuild`` makes it, hidden tests included.
        limits : Limits, optional

        Returns
        -------
        dict
            As ``Job.result``.
        """
        from em_grader.submissions.cell_roles import describe_cells, put_outputs

        result = self.submit(describe_cells(notebook), limits).result()
        put_outputs(notebook, result["outputs"])
        return result

    def alive(self):
        """Whether the fork server still runs."""
        return self._process.poll() is None

    def stop(self):
        """End the fork server and everything that it started."""
        with contextlib.suppress(OSError):
            self._control.close()
        if self.alive():
            self._process.kill()
        self._process.wait()
        self._process.stderr.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._lock.close()
        atexit.unregister(self.stop)

    def _taken_up(self, cells):
        """The lesson of a notebook; who waits for notebooks of another is ended."""
        own = _of_the_lesson(cells)
        with self._turning:
            if own != self._lesson.cells:
                with contextlib.suppress(IndexError):
                    while True:
                        self._nursery.end(self._lesson.free.popleft())
                self._lesson = _Lesson(own)
            return self._lesson

    def _job(self, want, lesson, cells, limits, given=None):
        def give_back(reader, sound):
            if sound and lesson is self._lesson:
                lesson.free.append(reader)
            else:
                self._nursery.end(reader)

        reader = self._reader(lesson)
        serialization.send(reader.socket, {"want": want, "cells": cells, "limits": asdict(limits)})
        return Job(reader, give_back, given)

    def _reader(self, lesson):
        """A process that has read the lesson and has nothing to do."""
        with contextlib.suppress(IndexError):
            reader = lesson.free.pop()
            if not select.select([reader.socket], [], [], 0)[0]:
                return reader
            self._nursery.end(reader)
        reader = self._nursery.reader()
        serialization.send(reader.socket, lesson.cells)
        return reader

    def _introduced(self):
        self._control.settimeout(_PATIENCE)
        try:
            said = json.loads(self._control.recv(1 << 16) or b"null")
        except OSError:
            said = None
        self._control.settimeout(None)
        if said is None:
            self._process.kill()
            why = self._process.stderr.read().decode(errors="replace")[-2000:]
            self.stop()
            raise RuntimeError(f"the fork server did not start:\n{why}")
        if said["level"] is None:
            self.stop()
            raise NoSandbox(_refusal(said["reports"]))
        return said["level"], said["reports"]


def _of_the_lesson(cells):
    """The cells with code that are the same for every student; answers are left empty."""
    return [
        each | {"source": ""} if each["kind"] == "answer" else each
        for each in cells
        if each["kind"] in ("given", "check", "test", "answer")
    ]


def running(level):
    """The fork server of this process for a level, started when it is first asked for.

    Raises
    ------
    NoSandbox
        No sandbox holds; it is tried once a process.
    """
    with _STARTING:
        server = _SERVERS.get(level)
        if isinstance(server, NoSandbox):
            raise server
        if server is None or not server.alive():
            try:
                _SERVERS[level] = Server(level)
            except NoSandbox as error:
                _SERVERS[level] = error
                raise
        return _SERVERS[level]


def _refusal(reports):
    tried = "; ".join(
        f"with {level} "
        + ", ".join(f"«{name}» failed ({why})" for name, why in report.items() if why)
        for level, report in reports.items()
    )
    return (
        f"No sandbox holds on this machine, so no student's code is run. Tried: {tried}. It takes "
        f"Linux 5.13 or later with Landlock and seccomp, or user namespaces. Grade elsewhere, or "
        f"in the container of SECURITY.md; --sandbox none runs student code without protection."
    )
