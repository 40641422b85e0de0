"""Landlock: restricting which files a process may open, whoever its user is (see landlock(7)).

It needs Linux 5.13 or later. The package ``landlock`` on PyPI is an alpha that restricts files
only; this module also closes TCP (Linux 6.7), signals and abstract sockets (6.12) where the kernel
can.
"""

import ctypes
import os
import struct
from collections.abc import Iterable

from em_grader.sandbox.jail.syscalls import check, forbid_new_privileges, libc

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH_BENEATH, _QUERY_VERSION = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIRECTORY = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REFER, _TRUNCATE, _DEVICE_CONTROL = 1 << 13, 1 << 14, 1 << 15
_FILE_RIGHTS = _WRITE_FILE | _READ_FILE | _TRUNCATE
_FIRST_ABI_WITH = {"refer": 2, "truncate": 3, "tcp": 4, "devices": 5, "scopes": 6}


def version() -> int:
    """Return the kernel's Landlock ABI, or 0 where there is none."""
    return max(0, libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _QUERY_VERSION))


def restrict(readable: Iterable[str], writable: Iterable[str], listable: Iterable[str] = ()) -> int:
    """Close the file system to this process for good, with some exceptions.

    Parameters
    ----------
    readable, writable : iterable of str
        Files and folders that may be read, and that may be read and written, with all that lies
        below them. Those that do not exist are left out.
    listable : iterable of str
        Folders in which, and below which, the names of the entries may be read.

    Returns
    -------
    int
        The kernel's Landlock ABI.

    Raises
    ------
    OSError
        The kernel has no Landlock.
    """
    abi = version()
    handled = _handled_rights(abi)
    network = 3 if abi >= _FIRST_ABI_WITH["tcp"] else 0
    scopes = 3 if abi >= _FIRST_ABI_WITH["scopes"] else 0
    attributes = struct.pack("<QQQ", handled, network, scopes)
    attributes = attributes[: 24 if scopes else 16 if network else 8]
    size = ctypes.c_size_t(len(attributes))
    ruleset = check(libc.syscall(_CREATE_RULESET, attributes, size, 0), "Landlock")
    try:
        for path in readable:
            _allow(ruleset, path, _READ_FILE | _READ_DIRECTORY)
        for path in writable:
            _allow(ruleset, path, handled & ~_DEVICE_CONTROL & ~_EXECUTE)
        for path in listable:
            _allow(ruleset, path, _READ_DIRECTORY)
        forbid_new_privileges()
        check(libc.syscall(_RESTRICT_SELF, ruleset, 0), "Landlock")
    finally:
        os.close(ruleset)
    return abi


def _handled_rights(abi: int) -> int:
    """Return all the rights that this kernel can take away."""
    newer_rights = {"refer": _REFER, "truncate": _TRUNCATE, "devices": _DEVICE_CONTROL}
    known = (right for name, right in newer_rights.items() if abi >= _FIRST_ABI_WITH[name])
    return sum(known, _REFER - 1)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _FILE_RIGHTS
        rule = struct.pack("<Qi", rights, descriptor)
        check(libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0), f"Landlock {path}")
    finally:
        os.close(descriptor)
