"""A seccomp filter: which system calls a student's process may make (see seccomp(2)).

It is a list of what is denied. What is left is harmless to others once Landlock has closed the
file system: reading, writing, memory, time, threads, and signals to oneself.
"""

import ctypes
import errno
import os
import struct

from em_grader.sandbox.jail.syscalls import (
    AUDIT_ARCHITECTURE,
    LAST_KNOWN,
    denied,
    libc,
    number,
    prctl,
)

_LOAD, _EQUAL, _GREATER, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24
"""Offsets in struct seccomp_data; of arguments the lower halves (both machines: little-endian)."""
_X32 = 0x40000000
_CLONE_THREAD = 0x10000
_STREAM = 1
_STREAMS = (_STREAM, _STREAM | 0x80000, _STREAM | 0x800, _STREAM | 0x80800)
"""Pairs of sockets that cannot send to anybody else, closed on exec or not, blocking or not."""
_SIGNALS_OTHERS = {"fcntl": (8, 10, 15), "ioctl": (0x8901, 0x8902, 0x5412)}
"""F_SETOWN, F_SETSIG and F_SETOWN_EX; FIOSETOWN, SIOCSPGRP and TIOCSTI."""
_TELLS_OTHERS = {"fcntl": (5, 6, 7, 36, 37, 38, 1024, 1026)}
"""Locks, leases and watches of files that others read as well: a channel between submissions."""


def install():
    """Filter the system calls of this process and all its threads to come; for good.

    Raises
    ------
    OSError
        The kernel has no seccomp filters, or this processor has no table.
    """
    if AUDIT_ARCHITECTURE is None:
        raise OSError(errno.ENOSYS, "no seccomp table for this processor")
    program = [struct.pack("<HBBI", *each) for each in _program(os.getpid())]
    code = ctypes.create_string_buffer(b"".join(program))
    header = struct.pack("<HxxxxxxQ", len(program), ctypes.addressof(code))
    prctl(38, 1)
    if libc.prctl(22, 2, ctypes.create_string_buffer(header), 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "seccomp filters are not to be had")


def _program(me):
    """The filter as instructions (code, jump if true, jump if false, operand)."""
    yield _LOAD, 0, 0, _ARCHITECTURE
    yield _EQUAL, 1, 0, AUDIT_ARCHITECTURE
    yield _RETURN, 0, 0, _KILL
    yield _LOAD, 0, 0, _NUMBER
    yield from _answer(_AT_LEAST, _X32, errno.EPERM)
    yield from _answer(_GREATER, LAST_KNOWN, errno.ENOSYS)
    for each in denied():
        yield from _answer(_EQUAL, each, errno.EPERM)
    yield from _answer(_EQUAL, number("clone3"), errno.ENOSYS)
    yield from _unless(number("clone"), _FIRST, _ANY_BIT, (_CLONE_THREAD,))
    for name in ("kill", "tgkill"):
        yield from _unless(number(name), _FIRST, _EQUAL, (me,))
    for name in ("prlimit64", "sched_setaffinity"):
        yield from _unless(number(name), _FIRST, _EQUAL, (0, me))
    yield from _unless(number("socketpair"), _SECOND, _EQUAL, _STREAMS)
    for name in ("fcntl", "ioctl"):
        forbidden = _SIGNALS_OTHERS[name] + _TELLS_OTHERS.get(name, ())
        yield from _if(number(name), _SECOND, forbidden)
    yield _RETURN, 0, 0, _ALLOW


def _answer(test, operand, code):
    yield test, 0, 1, operand
    yield _RETURN, 0, 0, _ERRNO | code


def _unless(call, argument, test, operands):
    """Deny one call unless an argument passes one of the tests."""
    yield _EQUAL, 0, 3 + len(operands), call
    yield _LOAD, 0, 0, argument
    for place, operand in enumerate(operands):
        yield test, len(operands) - place, 0, operand
    yield _RETURN, 0, 0, _ERRNO | errno.EPERM
    yield _LOAD, 0, 0, _NUMBER


def _if(call, argument, operands):
    """Deny one call if an argument is one of the operands."""
    yield _EQUAL, 0, 3 + len(operands), call
    yield _LOAD, 0, 0, argument
    for place, operand in enumerate(operands):
        left = len(operands) - place - 1
        yield _EQUAL, left, 0 if left else 1, operand
    yield _RETURN, 0, 0, _ERRNO | errno.EPERM
    yield _LOAD, 0, 0, _NUMBER
