"""A seccomp filter: which system calls a confined process may make (see seccomp(2)).

The filter is a list of denied calls. Once Landlock or a mount namespace has closed the file system,
the remaining calls are harmless to others: reading, writing, memory, time, threads, and signals to
the process itself.
"""

import ctypes
import errno
import os
import struct
from collections.abc import Iterator, Sequence

from em_grader.sandbox.jail.syscalls import (
    AUDIT_ARCHITECTURE,
    LAST_KNOWN,
    denied,
    forbid_new_privileges,
    libc,
    number,
)

_LOAD, _EQUAL, _GREATER, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24
"""Offsets in struct seccomp_data; of arguments the lower halves (both machines: little-endian)."""
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_X32 = 0x40000000
_CLONE_THREAD = 0x10000
_STREAM = 1
_STREAMS = (_STREAM, _STREAM | 0x80000, _STREAM | 0x800, _STREAM | 0x80800)
"""Pairs of sockets that cannot send to other sockets; with or without CLOEXEC and NONBLOCK."""
_SIGNALS_OTHERS = {"fcntl": (8, 10, 15), "ioctl": (0x8901, 0x8902, 0x5412)}
"""F_SETOWN, F_SETSIG and F_SETOWN_EX; FIOSETOWN, SIOCSPGRP and TIOCSTI."""
_VISIBLE_TO_OTHERS = {"fcntl": (5, 6, 7, 36, 37, 38, 1024, 1026)}
"""Locks, leases and watches of files that others can read too: a channel between processes."""

_Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false, operand."""


def install() -> None:
    """Filter the system calls of this process and all its threads to come, for good.

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
    forbid_new_privileges()
    filtered = ctypes.create_string_buffer(header)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, filtered, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "this kernel has no seccomp filters")


def _program(own_pid: int) -> Iterator[_Instruction]:
    """Yield the filter's instructions."""
    assert AUDIT_ARCHITECTURE is not None
    yield _LOAD, 0, 0, _ARCHITECTURE
    yield _EQUAL, 1, 0, AUDIT_ARCHITECTURE
    yield _RETURN, 0, 0, _KILL
    yield _LOAD, 0, 0, _NUMBER
    yield from _fail(_AT_LEAST, _X32, errno.EPERM)
    yield from _fail(_GREATER, LAST_KNOWN, errno.ENOSYS)
    for call in denied():
        yield from _fail(_EQUAL, call, errno.EPERM)
    yield from _fail(_EQUAL, _number("clone3"), errno.ENOSYS)
    yield from _allow_only("clone", _FIRST, _ANY_BIT, (_CLONE_THREAD,))
    for name in ("kill", "tgkill"):
        yield from _allow_only(name, _FIRST, _EQUAL, (own_pid,))
    for name in ("prlimit64", "sched_setaffinity"):
        yield from _allow_only(name, _FIRST, _EQUAL, (0, own_pid))
    yield from _allow_only("socketpair", _SECOND, _EQUAL, _STREAMS)
    for name in ("fcntl", "ioctl"):
        forbidden = _SIGNALS_OTHERS[name] + _VISIBLE_TO_OTHERS.get(name, ())
        yield from _deny_with(name, _SECOND, forbidden)
    yield _RETURN, 0, 0, _ALLOW


def _fail(test: int, operand: int, code: int) -> Iterator[_Instruction]:
    """Fail with an error code where the call's number passes a test."""
    yield test, 0, 1, operand
    yield _RETURN, 0, 0, _ERRNO | code


def _allow_only(
    name: str, argument: int, test: int, operands: Sequence[int]
) -> Iterator[_Instruction]:
    """Deny a call unless an argument passes the test with one of the operands."""
    yield _EQUAL, 0, 3 + len(operands), _number(name)
    yield _LOAD, 0, 0, argument
    for index, operand in enumerate(operands):
        yield test, len(operands) - index, 0, operand
    yield _RETURN, 0, 0, _ERRNO | errno.EPERM
    yield _LOAD, 0, 0, _NUMBER


def _deny_with(name: str, argument: int, operands: Sequence[int]) -> Iterator[_Instruction]:
    """Deny a call if an argument is one of the operands."""
    yield _EQUAL, 0, 3 + len(operands), _number(name)
    yield _LOAD, 0, 0, argument
    for index, operand in enumerate(operands):
        remaining = len(operands) - index - 1
        yield _EQUAL, remaining, 0 if remaining else 1, operand
    yield _RETURN, 0, 0, _ERRNO | errno.EPERM
    yield _LOAD, 0, 0, _NUMBER


def _number(name: str) -> int:
    """Return the number of a call that every supported machine has."""
    call = number(name)
    assert call is not None
    return call
