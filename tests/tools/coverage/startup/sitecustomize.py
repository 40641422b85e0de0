"""Measure this process and whatever it starts: Python imports this file by itself as it starts.

``tests/tools/coverage`` puts this folder on PYTHONPATH. Most of grading runs in processes that may
write no file, since they are jailed, and that end by ``os._exit``. So a forked process has, from
its first moment, a file that is mapped into its memory, and leaves there what it
ran. Nothing of this is in ``em_helpers``: the jails are those of every day.
"""

import atexit
import contextlib
import mmap
import os
import struct
import subprocess
from pathlib import Path

import coverage

HERE = str(Path(__file__).parent)
FOLDER = os.environ["EM_COVERAGE"]
"""Where each process leaves what it ran, as a length and what ``CoverageData.dumps`` gives."""

SETTINGS = os.environ["EM_COVERAGE_SETTINGS"]
"""coverage.py's settings, a file."""

ROOM = 1 << 20
"""Bytes for one forked process; a file of it takes on disk what is written only."""

PATIENCE = 5
"""Seconds for a fork server to end by itself, as it does when its coordinator has hung up."""

_LENGTH = struct.Struct("<Q")


class Process:
    """What this process has run, and where that is to be left."""

    def __init__(self):
        self._coverage = coverage.Coverage(data_file=None, config_file=SETTINGS)
        self._place = self._child = None
        os.register_at_fork(
            before=self._before_fork, after_in_child=self._born, after_in_parent=self._parted
        )
        atexit.register(self._leave)
        self._exit, os._exit = os._exit, self._leave_and_exit
        self._coverage.start()

    def _taken(self):
        """What was run since this was last asked."""
        data = self._coverage.get_data()
        taken = data.dumps()
        data.erase()
        return _LENGTH.pack(len(taken)) + taken

    def _file(self):
        """A new file; a jailed process may not make one."""
        return Path(FOLDER, os.urandom(8).hex()).open("x+b")

    def _before_fork(self):
        with contextlib.suppress(OSError):
            with self._file() as file:
                file.write(self._taken())
            with self._file() as file:
                file.truncate(ROOM)
                self._child = mmap.mmap(file.fileno(), ROOM)

    def _born(self):
        self._place, self._child = self._child, None

    def _parted(self):
        if self._child is not None:
            self._child.close()
            self._child = None

    def _leave(self):
        self._coverage.stop()
        if self._place is None:
            with self._file() as file:
                file.write(self._taken())
        else:
            taken = self._taken()
            self._place[: len(taken)] = taken

    def _leave_and_exit(self, status):
        with contextlib.suppress(Exception):
            self._leave()
        self._exit(status)


def _measure_what_is_started():
    """Whoever gets an environment of its own, as the fork server does, is measured as well."""
    begin, kill = subprocess.Popen.__init__, subprocess.Popen.kill

    def begin_measured(self, *arguments, env=None, **options):
        if env is not None:
            paths = [HERE, *filter(None, [env.get("PYTHONPATH")])]
            ours = {"EM_COVERAGE": FOLDER, "EM_COVERAGE_SETTINGS": SETTINGS}
            env = {**env, **ours, "PYTHONPATH": os.pathsep.join(paths)}
        begin(self, *arguments, env=env, **options)

    def kill_in_time(self):
        if "em_grader.sandbox.server.fork_server" in self.args:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.wait(PATIENCE)
        kill(self)

    subprocess.Popen.__init__, subprocess.Popen.kill = begin_measured, kill_in_time


PROCESS = Process()
_measure_what_is_started()
