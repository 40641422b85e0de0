"""Where the fork server or a sandbox does not start, the error says why, and nothing is left."""

import sys

import pytest

from em_grader.sandbox.server import fork_server_launcher, grading_server
from em_grader.sandbox.server.fork_server_launcher import NoSandbox
from em_grader.sandbox.server.grading_server import Server

NO_SANDBOX = """
import json, socket, sys
reports = {"landlock": {"no network": "it was allowed (a)", "threads": None}}
with open(sys.argv[2], "a") as file:
    file.write("x")
control = socket.socket(fileno=int(sys.argv[1]))
control.send(json.dumps({"level": None, "reports": reports}).encode())
"""


@pytest.fixture
def started_as(monkeypatch, tmp_path):
    """Have a program of one's own started as the fork server, in a temporary folder of its own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def use(program):
        def command(module, descriptor, *options):
            return [sys.executable, "-c", program, descriptor, str(tmp_path / "count")]

        monkeypatch.setattr(fork_server_launcher, "child_command", command)

    return use


def test_a_fork_server_that_fails_says_why_and_leaves_nothing(started_as, tmp_path):
    started_as("raise ImportError('numpy is of another Python')")
    with pytest.raises(RuntimeError, match=r"did not start:\n(.*\n)*ImportError: numpy is of ano"):
        Server("landlock")
    assert list(tmp_path.glob("em-grade-*")) == []


def test_a_fork_server_that_says_nothing_is_not_waited_for(started_as, monkeypatch, tmp_path):
    started_as("import time\ntime.sleep(60)")
    monkeypatch.setattr(fork_server_launcher, "_SECONDS_TO_START", 0.3)
    with pytest.raises(RuntimeError, match="the fork server did not start"):
        Server("landlock")
    assert list(tmp_path.glob("em-grade-*")) == []


def test_where_no_sandbox_holds_it_is_tried_once(started_as, monkeypatch, tmp_path):
    started_as(NO_SANDBOX)
    monkeypatch.setattr(grading_server, "_SERVERS", {})
    for _ in range(3):
        with pytest.raises(NoSandbox, match=r"with landlock «no network» failed \(it was allowed"):
            grading_server.shared_server("auto")
    assert (tmp_path / "count").read_text() == "x"
    assert list(tmp_path.glob("em-grade-*")) == []


def test_where_no_sandbox_holds_nothing_is_run_and_one_paragraph_says_so():
    reports = {"landlock": {"no network": "it was allowed", "threads": None}}
    message = fork_server_launcher._no_sandbox_message(reports)
    assert "no student's code is run" in message
    assert "«no network» failed (it was allowed)" in message
    assert "threads" not in message
    assert "\n" not in message


def test_another_system_is_told_where_to_go(monkeypatch):
    monkeypatch.setattr(fork_server_launcher.sys, "platform", "darwin")
    with pytest.raises(NoSandbox, match="container or in WSL2"):
        Server()
