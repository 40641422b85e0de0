"""A file system, process table and network of a process's own, where allowed (see namespaces(7)).

On a plain machine root may always create them; other users may where user namespaces are enabled.
When process 1 of the namespaces ends, the kernel ends everything that runs in them.
"""

import ctypes
import os
import struct
from typing import NoReturn

from em_grader.sandbox.jail.syscalls import (
    check,
    die_with_parent,
    libc,
    make_undumpable,
    number,
)
from em_grader.sandbox.jail.visibility import Visibility, outermost

_NEW_MOUNTS, _NEW_CGROUP, _NEW_HOSTNAME, _NEW_IPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
_NEW_USERS, _NEW_PROCESSES, _NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
_READ_ONLY, _NO_SETUID, _NO_DEVICES, _NO_EXECUTION = 1, 2, 4, 8
_BIND, _RECURSIVE, _PRIVATE = 4096, 16384, 1 << 18
_MOUNT_SETATTR, _CURRENT_FOLDER, _ALL_BELOW = 442, -100, 0x8000
_DETACH = 2

SCRATCH = "/scratch"
"""The only folder that can be written to; it lies in memory."""

_DEVICES = ("null", "zero", "urandom", "random")
_LINKS = ("/lib", "/lib64", "/bin", "/usr/lib64")


def enter(root: str, visibility: Visibility, scratch_bytes: int) -> None:
    """Move this process into namespaces in which it sees some paths only, read-only.

    The calling process stays behind and ends as its child ends. So does process 1 of the
    namespaces, since the kernel does not deliver most signals to it; the process that returns is
    process 2. The new root is mounted on ``root``, an empty folder.

    Raises
    ------
    OSError
        The machine does not allow it.
    """
    user, group = os.geteuid(), os.getegid()
    namespaces = _NEW_MOUNTS | _NEW_PROCESSES | _NEW_NETWORK | _NEW_IPC | _NEW_HOSTNAME
    namespaces |= _NEW_CGROUP | (_NEW_USERS if user != 0 else 0)
    check(libc.unshare(namespaces), "unshare")
    if user != 0:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")
    for _ in range(2):
        child = os.fork()
        if child:
            _end_as(child)
        die_with_parent()
    _build_root(root, visibility, scratch_bytes)
    os.chdir(root)
    check(libc.syscall(number("pivot_root"), b".", b"."), "pivot_root")
    check(libc.umount2(b".", _DETACH), "umount")
    os.chdir("/")


def _end_as(child: int) -> NoReturn:
    """Wait for a child, out of its sight, and end with its status."""
    die_with_parent()
    make_undumpable()
    os.closerange(0, 1024)
    _, status = os.waitpid(child, 0)
    os._exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))


def _build_root(root: str, visibility: Visibility, scratch_bytes: int) -> None:
    """Mount in a folder all that is to be seen."""
    _mount(None, "/", flags=_RECURSIVE | _PRIVATE)
    _mount("tmpfs", root, "tmpfs", _NO_SETUID | _NO_DEVICES, f"size={scratch_bytes},mode=755")
    for path in outermost(visibility.readable):
        _show(path, root + path, recursive=True)
    protected = _NO_SETUID | _NO_DEVICES | _NO_EXECUTION
    for path in visibility.hidden_folders:
        if os.path.isdir(root + path):
            _mount("tmpfs", root + path, "tmpfs", _READ_ONLY | protected, "mode=555")
    for name in _DEVICES:
        _show(f"/dev/{name}", f"{root}/dev/{name}", recursive=False)
    os.mkdir(root + "/proc")
    _mount("proc", root + "/proc", "proc", protected, "hidepid=2")
    os.mkdir(root + SCRATCH)
    os.chmod(root + SCRATCH, 0o777)
    for link in _LINKS:
        if os.path.islink(link) and not os.path.lexists(root + link):
            os.symlink(os.readlink(link), root + link)


def _show(path: str, target: str, recursive: bool) -> None:
    """Bind a path to a target below the new root; recursive binds are made read-only."""
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, "w").close()
    _mount(path, target, flags=_BIND | (_RECURSIVE if recursive else 0))
    if recursive:
        attributes = struct.pack("<QQQQ", _READ_ONLY | _NO_SETUID | _NO_DEVICES, 0, 0, 0)
        arguments = (
            os.fsencode(target), ctypes.c_uint(_ALL_BELOW), attributes,
            ctypes.c_size_t(len(attributes)),
        )  # fmt: skip
        check(libc.syscall(_MOUNT_SETATTR, _CURRENT_FOLDER, *arguments), f"mount {target}")


def _mount(
    source: str | None,
    target: str,
    kind: str | None = None,
    flags: int = 0,
    options: str | None = None,
) -> None:
    def encoded(text: str | None) -> bytes | None:
        return None if text is None else os.fsencode(text)

    result = libc.mount(
        encoded(source), encoded(target), encoded(kind), ctypes.c_ulong(flags), encoded(options)
    )
    check(result, f"mount {target}")


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)
