"""The self-test of each sandbox level: it passes where the sandbox holds and fails where not."""

import os
import time

import pytest

from em_grader.sandbox.jail import landlock, namespaces, self_test
from em_grader.sandbox.jail.resource_limits import ResourceLimits
from em_grader.sandbox.jail.self_test import run_self_test
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
