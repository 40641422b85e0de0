"""Each sandbox level is tested as the fork server tests it; where it does not hold, it says so."""

import os
import struct
import time

import pytest

from em_grader.sandbox.jail import landlock, namespaces, seccomp, self_test, syscalls
from em_grader.sandbox.jail.resource_limits import ResourceLimits
from em_grader.sandbox.jail.self_test import run_self_test
from em_grader.sandbox.server import fork_server_process
from em_grader.sandbox.server.fork_server_process import NoSandbox
from em_grader.sandbox.server.grading_server import Server
from em_grader.sandbox.server.student_environment import student_visibility


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "private" / "secret"
    path.parent.mkdir()
    path.write_text("x")
    return str(path)


@pytest.fixture
def tested(tmp_path, secret):
    """A function from a sandbox level to the report of its self-test."""

    def test(level, **limits):
        scratch = tmp_path / "scratch"
        scratch.mkdir(0o700)
        limits = ResourceLimits(**limits)
        visibility = student_visibility()
        return run_self_test(level, str(scratch), limits, visibility, secret, ("scipy.signal",))

    return test


def failures(report):
    return {check: reason for check, reason in report.items() if reason}


@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_every_check_of_the_self_test_holds(level, tested):
    report = tested(level)
    assert len(report) >= 10
    assert failures(report) == {}


def test_namespaces_hold_without_landlock(monkeypatch, tested):
    monkeypatch.setattr(landlock, "version", lambda: 0)
    monkeypatch.setattr(landlock, "restrict", lambda *arguments: pytest.fail("there is none"))
    assert failures(tested("namespaces")) == {}


def test_the_self_test_sees_that_nothing_is_confined(tested):
    open_doors = failures(tested("none", memory=1 << 30)).keys()
    assert {"no network", "no file of the machine", "no new process"} <= open_doors


def test_a_sandbox_that_cannot_be_entered_says_why(monkeypatch, tested):
    def not_here(result, call):
        raise PermissionError(1, f"{call}: not here")

    monkeypatch.setattr(namespaces, "check", not_here)
    report = tested("namespaces")
    assert report == {"the sandbox is entered": "PermissionError: [Errno 1] unshare: not here"}


def test_a_self_test_that_hangs_is_ended_and_holds_nothing(monkeypatch, tested):
    monkeypatch.setattr(self_test, "SECONDS", 0.2)
    monkeypatch.setattr(self_test, "enter", lambda *arguments: time.sleep(30))
    began = time.monotonic()
    assert tested("landlock") == {"the sandbox is entered": "the child died"}
    assert time.monotonic() - began < 10


def test_an_error_in_one_check_is_reported_for_that_check(monkeypatch, tested):
    checks = {
        "a scratch folder": lambda expected: os.stat("nowhere/else"),
        "imports": lambda expected: None,
        "no network": lambda expected: self_test._refused(os.getpid),
        "no new process": lambda expected: self_test._not_permitted(os.stat, "nowhere"),
    }
    monkeypatch.setattr(self_test, "_CHECKS", checks)
    report = tested("none")
    assert report["a scratch folder"].startswith("FileNotFoundError: ")
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
    monkeypatch.setattr(landlock, "forbid_new_privileges", lambda: None)
    file = tmp_path / "file"
    file.touch()
    readable = [str(tmp_path), str(tmp_path / "missing")]
    assert landlock.restrict(readable, [str(file)], [str(tmp_path)]) == abi
    assert made == [((1 << rights) - 1, 3, 3)[: size // 8]]
    truncate = 1 << 14 if rights > 14 else 0
    expected = [0b1100, 0b110 | truncate, 0b1000]
    assert rules == expected, "read a folder; read and write a file; list a folder"


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


def test_a_call_that_fails_says_which_and_why():
    with pytest.raises(OSError, match="prctl: Invalid argument"):
        syscalls.prctl(4711)


def test_where_no_sandbox_holds_nothing_is_run_and_one_paragraph_says_so():
    reports = {"landlock": {"no network": "it was allowed", "threads": None}}
    message = fork_server_process._no_sandbox_message(reports)
    assert "no student's code is run" in message
    assert "«no network» failed (it was allowed)" in message
    assert "threads" not in message
    assert "\n" not in message


def test_another_system_is_told_where_to_go(monkeypatch):
    monkeypatch.setattr(fork_server_process.sys, "platform", "darwin")
    with pytest.raises(NoSandbox, match="container or in WSL2"):
        Server()


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
