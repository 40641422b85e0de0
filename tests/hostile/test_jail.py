"""Each jail is tried as the fork server tries it; where it does not hold, that is said."""

import os
import struct
import time

import pytest

from em_grader.sandbox import Limits, NoSandbox
from em_grader.sandbox.jail import landlock, namespaces, seccomp, self_test as tried, syscalls
from em_grader.sandbox.jail.self_test import trial
from em_grader.sandbox.server import grading_server


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


def test_a_jail_that_cannot_be_entered_says_why(monkeypatch, tmp_path, secret):
    def not_here(result, what):
        raise PermissionError(1, f"{what}: not here")

    monkeypatch.setattr(namespaces, "check", not_here)
    report = trial("namespaces", str(tmp_path), Limits(), secret)
    assert report == {"the jail is entered": "PermissionError: [Errno 1] unshare: not here"}


def test_a_trial_that_hangs_is_ended_and_holds_nothing(monkeypatch, tmp_path, secret):
    monkeypatch.setattr(tried, "SECONDS", 0.2)
    monkeypatch.setattr(tried, "enter", lambda *given: time.sleep(30))
    began = time.monotonic()
    report = trial("landlock", str(tmp_path), Limits(), secret)
    assert report == {"the jail is entered": "the trial process died"}
    assert time.monotonic() - began < 10


def test_what_goes_wrong_in_one_check_is_told_of_that_check(monkeypatch, tmp_path, secret):
    checks = {
        "a scratch directory": lambda secret, outside: os.stat("nowhere/else"),
        "imports": lambda secret, outside: None,
        "no network": lambda secret, outside: tried._refused(os.getpid),
        "no new process": lambda secret, outside: tried._not_permitted(os.stat, "nowhere"),
    }
    monkeypatch.setattr(tried, "_CHECKS", checks)
    report = trial("none", str(tmp_path), Limits(), secret)
    assert report["a scratch directory"].startswith("FileNotFoundError: ")
    assert report["imports"] is None
    assert report["no network"].startswith("it was allowed (")
    assert report["no new process"].startswith("it was allowed ([Errno 2]")


@pytest.mark.parametrize(
    ("abi", "rights", "size"),
    [(1, 13, 8), (2, 14, 8), (3, 15, 8), (4, 15, 16), (5, 16, 16), (6, 16, 24), (7, 16, 24)],
)
def test_on_an_older_kernel_landlock_closes_what_that_kernel_can(
    abi, rights, size, monkeypatch, tmp_path
):
    made, rules, ruleset = [], [], os.open(tmp_path, os.O_RDONLY)

    class Kernel:
        """Takes Landlock's calls as landlock_create_ruleset(2) and the like describe them."""

        def syscall(self, number, first, second, *others):
            if number == 444 and first is None:
                return abi
            if number == 444:
                made.append(struct.unpack(f"<{len(first) // 8}Q", first))
                assert second.value == len(first) == size
                return ruleset
            if number == 445:
                rules.append(struct.unpack("<Qi", others[0])[0])
            return 0

    monkeypatch.setattr(landlock, "libc", Kernel())
    monkeypatch.setattr(landlock, "prctl", lambda *given: None)
    file = tmp_path / "file"
    file.touch()
    assert landlock.restrict([str(tmp_path), str(tmp_path / "missing")], [str(file)]) == abi
    assert made == [((1 << rights) - 1, 3, 3)[: size // 8]]
    truncate = 1 << 14 if rights > 14 else 0
    assert rules == [0b1100, 0b110 | truncate], "read a folder; read and write a file"


def test_a_processor_without_a_table_has_no_jail(monkeypatch):
    monkeypatch.setattr(seccomp, "AUDIT_ARCHITECTURE", None)
    with pytest.raises(OSError, match="no seccomp table for this processor"):
        seccomp.install()


def test_a_kernel_without_filters_has_no_jail(monkeypatch):
    class Kernel:
        def prctl(self, *given):
            return -1

    monkeypatch.setattr(seccomp, "libc", Kernel())
    monkeypatch.setattr(seccomp, "prctl", lambda *given: None)
    with pytest.raises(OSError, match="seccomp filters are not to be had"):
        seccomp.install()


def test_a_call_that_fails_says_which_and_why():
    with pytest.raises(OSError, match="prctl: Invalid argument"):
        syscalls.prctl(4711)


def test_where_no_jail_holds_nothing_is_run_and_one_paragraph_says_so():
    reports = {"landlock": {"no network": "it was allowed", "threads": None}}
    said = grading_server._refusal(reports)
    assert "no student's code is run" in said
    assert "«no network» failed (it was allowed)" in said
    assert "threads" not in said
    assert "\n" not in said


def test_another_system_is_told_where_to_go(monkeypatch):
    monkeypatch.setattr(grading_server.sys, "platform", "darwin")
    with pytest.raises(NoSandbox, match="container or in WSL2"):
        grading_server.Server()


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
