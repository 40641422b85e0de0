"""Testing whether a sandbox level holds on this machine: a throwaway child tries to get out."""

import ctypes
import errno
import fcntl
import importlib
import importlib.util
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from em_grader.sandbox.jail.enter import enter
from em_grader.sandbox.jail.resource_limits import ResourceLimits
from em_grader.sandbox.jail.syscalls import libc
from em_grader.sandbox.jail.visibility import Visibility

SECONDS = 20
_NUMBER = 59_999
"""The throwaway child's number, which no other confined process has."""
_PTRACE_SEIZE = 0x4206
"""Unlike PTRACE_ATTACH it does not stop the process that it traces."""
_REMOUNT = 32


@dataclass(frozen=True)
class _Expectations:
    """What must be out of reach of the sandbox, and what must not."""

    secret: str  # a file out of reach
    pid: int  # the parent process
    packages: tuple[str, ...]  # hidden packages
    files: tuple[str, ...]  # files of these packages
    imports: tuple[str, ...]  # modules that can be imported


def run_self_test(
    level: str,
    folder: str,
    limits: ResourceLimits,
    visibility: Visibility,
    secret: str,
    imports: tuple[str, ...] = (),
) -> dict[str, str | None]:
    """Fork, confine the child, and try what is to be prevented and what is to be allowed.

    Parameters
    ----------
    level, folder, limits, visibility
        As ``enter`` takes them.
    secret : str
        A file that must not be readable.
    imports : tuple of str
        Modules, not loaded yet, that must be importable.

    Returns
    -------
    dict of str to str or None
        For each check, None if the sandbox does as it should, else what happened.
    """
    files = tuple(path for each in visibility.hidden_folders for path in _some_file_in(each))
    expected = _Expectations(secret, os.getpid(), visibility.hidden_packages, files, imports)
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        report: dict[str, str | None]
        try:
            ours.close()
            enter(level, folder, limits, _NUMBER, visibility)
            report = {name: _outcome(check, expected) for name, check in _CHECKS.items()}
        except BaseException as error:
            report = {"the sandbox is entered": f"{type(error).__name__}: {error}"}
        try:
            theirs.sendall(json.dumps(report).encode())
        finally:
            os._exit(0)
    theirs.close()
    ours.settimeout(SECONDS)
    reply = b""
    try:
        while piece := ours.recv(65536):
            reply += piece
    except TimeoutError:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return json.loads(reply) if reply else {"the sandbox is entered": "the child died"}


def _some_file_in(folder: str) -> list[str]:
    return [entry.path for entry in os.scandir(folder) if entry.is_file()][:1]


def _outcome(check: Callable[[_Expectations], str | None], expected: _Expectations) -> str | None:
    try:
        return check(expected)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _refused(action: Callable[..., Any], *arguments: Any) -> str | None:
    """Return None if the system refuses an action, else its result."""
    try:
        result = action(*arguments)
    except OSError:
        return None
    return f"it was allowed ({str(result)[:60]})"


def _not_permitted(action: Callable[..., Any], *arguments: Any) -> str | None:
    """Return None if an action, which fails in any case, fails because it is not permitted."""
    try:
        action(*arguments)
    except OSError as error:
        return None if error.errno in (errno.EPERM, errno.EACCES) else f"it was allowed ({error})"
    return "it was allowed"


def _no_network(expected: _Expectations) -> str | None:
    return (
        _refused(socket.socket)
        or _refused(socket.socket, socket.AF_UNIX)
        or _refused(socket.socketpair, socket.AF_UNIX, socket.SOCK_DGRAM)
    )


def _no_file_outside(expected: _Expectations) -> str | None:
    return (
        _refused(open, expected.secret)
        or _refused(os.listdir, os.path.dirname(expected.secret))
        or _refused(open, "/etc/passwd")
        or _refused(open, os.path.join(os.path.dirname(expected.secret), "new"), "w")
        or _refused(open, os.path.join(os.path.dirname(os.__file__), "new.py"), "w")
        or _refused(os.chmod, os.__file__, 0o600)
    )


def _no_hidden_package(expected: _Expectations) -> str | None:
    for name in expected.packages:
        if any(module.partition(".")[0] == name for module in sys.modules):
            return f"{name} is loaded"
        if importlib.util.find_spec(name) is not None:
            return f"{name} was found"
    results = (_refused(open, path) for path in expected.files)
    return next((result for result in results if result), None)


def _scratch_folder(expected: _Expectations) -> str | None:
    with open("scratch", "w") as file:
        file.write("x")
    with open("scratch") as file:
        return None if file.read() == "x" else "a written file was not there"


def _no_new_process(expected: _Expectations) -> str | None:
    return _refused(_fork) or _not_permitted(os.execv, "/nowhere", ["nowhere"])


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _no_other_process(expected: _Expectations) -> str | None:
    if expected.pid == os.getpid():
        return "the parent has this process's own number"
    others = [pid for pid in _visible_processes() if pid != os.getpid()]
    attached = libc.ptrace(_PTRACE_SEIZE, expected.pid, None, None)
    return (
        _refused(os.kill, expected.pid, 0)
        or _refused(os.kill, -1, 0)
        or _refused(open, f"/proc/{expected.pid}/environ")
        or _refused(_signal_by_file, expected.pid)
        or _refused(_lock_shared_file)
        or (None if attached < 0 else "it was traced")
        or (f"processes {others} were seen" if others else None)
    )


def _signal_by_file(pid: int) -> socket.socket:
    """Have the kernel send a signal to a process when there is something to read."""
    ours, theirs = socket.socketpair()
    fcntl.fcntl(ours, fcntl.F_SETOWN, pid)
    return theirs


def _lock_shared_file() -> Any:
    """Lock a file that other confined processes can read as well."""
    with open(os.__file__) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _visible_processes() -> list[int]:
    """List the processes that /proc shows, if it shows any."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []


def _memory_is_limited(expected: _Expectations) -> str | None:
    blocks: list[bytes] = []
    try:
        while len(blocks) < 4096:
            blocks.append(bytes(64 << 20))
    except MemoryError:
        return None
    return "256 GB were allocated"


def _threads_run(expected: _Expectations) -> str | None:
    done: list[int] = []
    thread = threading.Thread(target=done.append, args=(1,))
    thread.start()
    thread.join()
    return None if done else "no thread ran"


def _imports_work(expected: _Expectations) -> str | None:
    for name in ("colorsys", *expected.imports):
        importlib.import_module(name)
    return None


def _no_privilege(expected: _Expectations) -> str | None:
    mounted = libc.mount(b"none", b"/", None, ctypes.c_ulong(_REMOUNT), None)
    return _refused(os.setuid, 1) or (None if mounted < 0 else "it mounted")


_CHECKS: dict[str, Callable[[_Expectations], str | None]] = {
    "no network": _no_network,
    "no file of the machine": _no_file_outside,
    "no hidden package": _no_hidden_package,
    "a scratch folder": _scratch_folder,
    "no new process": _no_new_process,
    "no other process in reach": _no_other_process,
    "no privilege": _no_privilege,
    "a limit on memory": _memory_is_limited,
    "threads": _threads_run,
    "imports": _imports_work,
}
