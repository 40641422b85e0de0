"""The system calls that the seccomp filter allows on each processor."""

import struct

import pytest

from em_grader.sandbox.jail import seccomp, syscalls


def test_a_processor_without_a_table_has_no_jail(monkeypatch):
    monkeypatch.setattr(seccomp, "AUDIT_ARCHITECTURE", None)
    with pytest.raises(OSError, match="no seccomp table for this processor"):
        seccomp.install()


def test_a_kernel_without_filters_has_no_jail(monkeypatch):
    class Kernel:
        def prctl(self, *given):
            return -1

    monkeypatch.setattr(seccomp, "libc", Kernel())
    monkeypatch.setattr(seccomp, "forbid_new_privileges", lambda: None)
    with pytest.raises(OSError, match="this kernel has no seccomp filters"):
        seccomp.install()


@pytest.mark.parametrize(("machine", "audit"), [("x86_64", 0xC000003E), ("aarch64", 0xC00000B7)])
def test_the_filter_of_each_processor_is_well_formed(machine, audit, monkeypatch):
    monkeypatch.setattr(syscalls, "MACHINE", machine)
    monkeypatch.setattr(seccomp, "AUDIT_ARCHITECTURE", audit)
    program = list(seccomp._program(4711))
    assert len(program) < 4096
    for place, (code, yes, no, operand) in enumerate(program):
        struct.pack("<HBBI", code, yes, no, operand)
        assert code == 6 or place + 1 + max(yes, no) < len(program)
    assert program[-1] == (6, 0, 0, 0x7FFF0000)
    assert decide(program, audit, syscalls.number("ptrace")) == "denied"
    assert decide(program, audit, syscalls.number("socket")) == "denied"
    assert decide(program, audit, syscalls.number("clone"), 0x11) == "denied"
    assert decide(program, audit, syscalls.number("clone"), 0x3D0F00) == "allowed"
    assert decide(program, audit, syscalls.number("kill"), 4711) == "allowed"
    assert decide(program, audit, syscalls.number("kill"), 1) == "denied"
    assert decide(program, audit, syscalls.number("prlimit64"), 0) == "allowed"
    assert decide(program, audit, syscalls.number("prlimit64"), 77) == "denied"
    assert decide(program, audit, syscalls.number("socketpair"), 1, 1 | 0x80000) == "allowed"
    assert decide(program, audit, syscalls.number("socketpair"), 1, 2) == "denied"
    assert decide(program, audit, syscalls.number("fcntl"), 3, 1030) == "allowed"
    for command in (6, 8, 10, 15, 1024):
        assert decide(program, audit, syscalls.number("fcntl"), 3, command) == "denied"
    assert decide(program, audit, syscalls.number("ioctl"), 3, 0x5413) == "allowed"
    assert decide(program, audit, syscalls.number("ioctl"), 3, 0x8901) == "denied"
    assert decide(program, audit, syscalls.number("flock"), 3, 2) == "denied"
    assert decide(program, audit, 470) == "denied"
    assert decide(program, 0x40000003, 0) == "killed"
    read = 0 if machine == "x86_64" else 63
    assert decide(program, audit, read) == "allowed"


def decide(program, audit, number, first=0, second=0):
    """Run a filter as the kernel would."""
    data, place, loaded = {0: number, 4: audit, 16: first, 24: second}, 0, 0
    while True:
        code, yes, no, operand = program[place]
        place += 1
        if code == 0x20:
            loaded = data[operand]
        elif code == 6:
            return {0x7FFF0000: "allowed", 0x80000000: "killed"}.get(operand, "denied")
        else:
            tests = {0x15: loaded == operand, 0x25: loaded > operand, 0x35: loaded >= operand}
            place += yes if tests.get(code, bool(loaded & operand)) else no
