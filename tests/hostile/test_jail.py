"""Each jail is tried as the fork server tries it; where it does not hold, that is said."""

import struct

import pytest

from em_helpers.grading.sandbox import Limits, NoSandbox, server
from em_helpers.grading.sandbox.jail import landlock, seccomp, syscalls
from em_helpers.grading.sandbox.jail.trial import trial


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "private" / "secret"
    path.parent.mkdir()
    path.write_text("x")
    return str(path)


@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_every_attempt_in_the_trial_fails(level, tmp_path, secret):
    place = tmp_path / "place"
    place.mkdir(0o700)
    report = trial(level, str(place), Limits(), secret)
    assert len(report) >= 9
    assert {name: why for name, why in report.items() if why} == {}


def test_namespaces_hold_without_landlock(monkeypatch, tmp_path, secret):
    monkeypatch.setattr(landlock, "version", lambda: 0)
    monkeypatch.setattr(landlock, "restrict", lambda read, write: pytest.fail("there is none"))
    place = tmp_path / "place"
    place.mkdir(0o700)
    report = trial("namespaces", str(place), Limits(), secret)
    assert {name: why for name, why in report.items() if why} == {}


def test_the_trial_sees_that_there_is_no_jail(tmp_path, secret):
    report = trial("none", str(tmp_path), Limits(memory=1 << 30), secret)
    open_doors = {name for name, why in report.items() if why}
    assert {"no network", "no file of the machine", "no new process"} <= open_doors


def test_where_no_jail_holds_nothing_is_run_and_one_paragraph_says_so():
    reports = {"landlock": {"no network": "it was allowed", "threads": None}}
    said = server._refusal(reports)
    assert "no student's code is run" in said
    assert "«no network» failed (it was allowed)" in said
    assert "threads" not in said
    assert "\n" not in said


def test_another_system_is_told_where_to_go(monkeypatch):
    monkeypatch.setattr(server.sys, "platform", "darwin")
    with pytest.raises(NoSandbox, match="container or in WSL2"):
        server.Server()


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
