"""Landlock: which files a process may open, whoever it is (see landlock(7), Linux 5.13 and later).

The package ``landlock`` on PyPI is an alpha that knows files only; this also closes TCP (Linux
6.7), signals and abstract sockets (6.12) where the kernel can.
"""

import ctypes
import os
import struct

from em_grader.sandbox.jail.syscalls import check, libc, prctl

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_WRITE_FILE, _READ_FILE, _READ_DIRECTORY = 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _DEVICE_CONTROL = 1 << 14, 1 << 15
_ON_FILES = _WRITE_FILE | _READ_FILE | _TRUNCATE
_FIRST_WITH = {"refer": 2, "truncate": 3, "tcp": 4, "devices": 5, "scopes": 6}


def version():
    """The kernel's Landlock ABI, or 0 where there is none."""
    return max(0, libc.syscall(_CREATE, None, ctypes.c_size_t(0), 1))


def restrict(read, write):
    """Close the file system to this process but for some paths; for good.

    Parameters
    ----------
    read, write : list of str
        Files and folders to read, and to read and write. What does not exist is passed over.

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
    handled = _handled(abi)
    network = 3 if abi >= _FIRST_WITH["tcp"] else 0
    scopes = 3 if abi >= _FIRST_WITH["scopes"] else 0
    attributes = struct.pack("<QQQ", handled, network, scopes)
    attributes = attributes[: 24 if scopes else 16 if network else 8]
    size = ctypes.c_size_t(len(attributes))
    rules = check(libc.syscall(_CREATE, attributes, size, 0), "Landlock")
    try:
        for path in read:
            _allow(rules, path, _READ_FILE | _READ_DIRECTORY)
        for path in write:
            _allow(rules, path, handled & ~_DEVICE_CONTROL & ~1)
        prctl(38, 1)
        check(libc.syscall(_RESTRICT, rules, 0), "Landlock")
    finally:
        os.close(rules)
    return abi


def _handled(abi):
    """All the rights that this kernel can take away."""
    rights = (1 << 13) - 1
    if abi >= _FIRST_WITH["refer"]:
        rights |= 1 << 13
    if abi >= _FIRST_WITH["truncate"]:
        rights |= _TRUNCATE
    if abi >= _FIRST_WITH["devices"]:
        rights |= _DEVICE_CONTROL
    return rights


def _allow(rules, path, rights):
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _ON_FILES
        rule = struct.pack("<Qi", rights, place)
        check(libc.syscall(_ADD, rules, 1, rule, 0), f"Landlock {path}")
    finally:
        os.close(place)
