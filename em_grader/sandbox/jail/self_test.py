"""Whether a jail holds on this machine: a throwaway child tries to get out of it."""

import ctypes
import errno
import fcntl
import importlib
import json
import os
import socket
import threading

from em_grader.sandbox.jail.enter import enter
from em_grader.sandbox.jail.syscalls import libc

SECONDS = 20
_SEIZE = 0x4206
"""PTRACE_SEIZE, which unlike PTRACE_ATTACH does not stop what it traces."""


def trial(level, folder, limits, secret):
    """Fork, enter the jail and try what it is to prevent, and what it is to allow.

    Parameters
    ----------
    level : str
    folder : str
        An empty folder for the child.
    limits : em_grader.sandbox.limits.Limits
    secret : str
        A file that must not be readable.

    Returns
    -------
    dict of str to str or None
        What was tried, and None where the jail did as it should, else what happened.
    """
    outside = os.getpid()
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        try:
            ours.close()
            enter(level, folder, limits, 59_999)
            report = {name: _outcome(check, secret, outside) for name, check in _CHECKS.items()}
        except BaseException as error:
            report = {"the jail is entered": f"{type(error).__name__}: {error}"}
        try:
            theirs.sendall(json.dumps(report).encode())
        finally:
            os._exit(0)
    theirs.close()
    ours.settimeout(SECONDS)
    answer = b""
    try:
        while piece := ours.recv(65536):
            answer += piece
    except TimeoutError:
        os.kill(child, 9)
    os.waitpid(child, 0)
    return json.loads(answer) if answer else {"the jail is entered": "the trial process died"}


def _outcome(check, secret, outside):
    try:
        return check(secret, outside)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _refused(action, *arguments):
    """None if the system refuses an action, else what came of it."""
    try:
        result = action(*arguments)
    except OSError:
        return None
    return f"it was allowed ({str(result)[:60]})"


def _not_permitted(action, *arguments):
    """None if an action that cannot succeed is not even allowed."""
    try:
        action(*arguments)
    except OSError as error:
        return None if error.errno in (errno.EPERM, errno.EACCES) else f"it was allowed ({error})"


def _no_network(secret, outside):
    return (
        _refused(socket.socket)
        or _refused(socket.socket, socket.AF_UNIX)
        or _refused(socket.socketpair, socket.AF_UNIX, socket.SOCK_DGRAM)
    )


def _no_file_outside(secret, outside):
    return (
        _refused(open, secret)
        or _refused(os.listdir, os.path.dirname(secret))
        or _refused(open, "/etc/passwd")
        or _refused(open, os.path.join(os.path.dirname(secret), "new"), "w")
        or _refused(open, os.path.join(os.path.dirname(os.__file__), "new.py"), "w")
        or _refused(os.chmod, os.__file__, 0o600)
    )


def _scratch(secret, outside):
    with open("scratch", "w") as file:
        file.write("x")
    with open("scratch") as file:
        return None if file.read() == "x" else "what was written was not there"


def _no_new_process(secret, outside):
    return _refused(_fork) or _not_permitted(os.execv, "/nowhere", ["nowhere"])


def _fork():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _no_other_process(secret, outside):
    if outside == os.getpid():
        return "the parent has this process's own number"
    others = [each for each in _processes() if each != os.getpid()]
    attached = libc.ptrace(_SEIZE, outside, None, None)
    return (
        _refused(os.kill, outside, 0)
        or _refused(os.kill, -1, 0)
        or _refused(open, f"/proc/{outside}/environ")
        or _refused(_signal_by_file, outside)
        or _refused(_lock)
        or (None if attached < 0 else "it was traced")
        or (f"processes {others} were seen" if others else None)
    )


def _signal_by_file(process):
    """Have the kernel send a signal when there is something to read."""
    ours, theirs = socket.socketpair()
    fcntl.fcntl(ours, fcntl.F_SETOWN, process)
    return theirs


def _lock():
    """Lock a file that other submissions can read as well."""
    with open(os.__file__) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _processes():
    """The processes that /proc shows, if it shows anything."""
    try:
        return [int(each) for each in os.listdir("/proc") if each.isdigit()]
    except OSError:
        return []


def _memory_is_limited(secret, outside):
    kept = []
    try:
        while len(kept) < 4096:
            kept.append(bytes(64 << 20))
    except MemoryError:
        return None
    return "256 GB were had"


def _threads(secret, outside):
    done = []
    thread = threading.Thread(target=done.append, args=(1,))
    thread.start()
    thread.join()
    return None if done else "no thread ran"


def _imports(secret, outside):
    importlib.import_module("colorsys")
    importlib.import_module("scipy.signal")
    return None


def _no_privilege(secret, outside):
    return _refused(os.setuid, 1) or (
        None if libc.mount(b"none", b"/", None, ctypes.c_ulong(32), None) < 0 else "it mounted"
    )


_CHECKS = {
    "no network": _no_network,
    "no file of the machine": _no_file_outside,
    "a scratch directory": _scratch,
    "no new process": _no_new_process,
    "no other process in reach": _no_other_process,
    "no privilege": _no_privilege,
    "a limit on memory": _memory_is_limited,
    "threads": _threads,
    "imports": _imports,
}
