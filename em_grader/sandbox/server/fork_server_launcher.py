"""Starting the fork server as a child process with a folder of its own, and ending it."""

import atexit
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from em_grader.die_with_parent import child_command
from em_grader.sandbox.fork_server_client import ProcessClient

if sys.platform != "win32":
    import fcntl

_INHERITED = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT")
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_SECONDS_TO_START = 120
"""How long the fork server may take to import its modules and to test the sandbox."""

_LONGEST_REPORT = 1 << 16
_PREFIX, _LOCK_FILE = "em-grade-", "alive"


class NoSandbox(RuntimeError):
    """No sandbox holds on this machine; the message says what was tested and what to do."""


class ForkServerProcess:
    """A fork server that runs until this process ends or ``stop`` is called.

    Parameters
    ----------
    level : str
        ``auto`` for the strongest sandbox that holds, or one of ``em_grader.sandbox.jail.LEVELS``.

    Attributes
    ----------
    level : str
        The sandbox level that is used.
    reports : dict of str to dict
        For each level that was tested, the checks of the self-test and what failed.
    client : ProcessClient
        Asks this fork server for processes.

    Raises
    ------
    NoSandbox
        No sandbox holds, and ``none`` was not asked for.
    RuntimeError
        The fork server did not start.
    """

    def __init__(self, level: str) -> None:
        if sys.platform != "linux":
            raise NoSandbox(
                "Students' code is run in a sandbox that needs Linux; on macOS and Windows, grade "
                "in the container or in WSL2 as SECURITY.md describes."
            )
        self._folder, self._lock = make_server_folder()
        self._folder.chmod(0o711)
        private = self._folder / "private"
        private.mkdir(0o700)
        secret = private / "secret"
        secret.write_text("not for students", "utf-8")
        inside = self._folder / "inside"
        inside.mkdir(0o711)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        options = str(theirs.fileno()), level, str(inside), str(secret)
        self._process = subprocess.Popen(
            child_command("em_grader.sandbox.server.fork_server", *options),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
            env=_environment(str(inside)),
            cwd="/",
        )
        theirs.close()
        atexit.register(self.stop)
        self.client = ProcessClient(self._control)
        self.level, self.reports = self._wait_for_report()

    def alive(self) -> bool:
        """Return whether the fork server still runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the fork server and everything that it started."""
        with contextlib.suppress(OSError):
            self._control.close()
        if self.alive():
            self._process.kill()
        self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._lock.close()
        atexit.unregister(self.stop)

    def _wait_for_report(self) -> tuple[str, dict[str, dict[str, str | None]]]:
        self._control.settimeout(_SECONDS_TO_START)
        try:
            report: Any = json.loads(self._control.recv(_LONGEST_REPORT) or b"null")
        except OSError:
            report = None
        self._control.settimeout(None)
        if report is None:
            self._process.kill()
            assert self._process.stderr is not None
            reason = self._process.stderr.read().decode(errors="replace")[-2000:]
            self.stop()
            raise RuntimeError(f"the fork server did not start:\n{reason}")
        if report["level"] is None:
            self.stop()
            raise NoSandbox(_no_sandbox_message(report["reports"]))
        return report["level"], report["reports"]


def _environment(home: str) -> dict[str, str]:
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment |= dict.fromkeys(_THREADS, "1") | {"PYTHONHASHSEED": "0"}
    environment |= dict.fromkeys(("HOME", "MPLCONFIGDIR", "IPYTHONDIR"), home)
    environment |= {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    return environment | {"NBGRADER_EXECUTION": "autograde"}


def _no_sandbox_message(reports: Mapping[str, Mapping[str, str | None]]) -> str:
    tested = "; ".join(
        f"with {level} "
        + ", ".join(f"«{check}» failed ({reason})" for check, reason in report.items() if reason)
        for level, report in reports.items()
    )
    return (
        f"No sandbox holds on this machine, so no student's code is run. Tested: {tested}. A "
        f"sandbox needs Linux 5.13 or later with Landlock and seccomp, or user namespaces. Grade "
        f"on another machine, or in the container that SECURITY.md describes; --sandbox none runs "
        f"students' code without protection."
    )


def make_server_folder() -> tuple[Path, TextIO]:
    """Make a new folder that is locked for as long as this process lives.

    Folders of the same user that no process has locked any more are removed. Closing the returned
    file gives the folder up.
    """
    for other in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if _is_abandoned(other):
            shutil.rmtree(other, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    # The file gets its name only when it is locked, so that nobody takes it for an abandoned one.
    unlocked = folder / "new"
    lock = unlocked.open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    unlocked.rename(folder / _LOCK_FILE)
    return folder, lock


def _is_abandoned(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        if folder.lstat().st_uid != os.geteuid():
            return False
        lock = os.open(folder / _LOCK_FILE, os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        finally:
            os.close(lock)
    return False
