"""Where a fork server, a sandbox or a student's process does not start, that is said, and why."""

import json
import socket
import sys
import threading
import time

import pytest

from em_grader.sandbox import Limits, NoSandbox, Server
from em_grader.sandbox.process_client import Child, ProcessClient, SandboxFailed
from em_grader.sandbox.server import grading_server

NO_JAIL = """
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

        monkeypatch.setattr(grading_server.child_process, "command", command)

    return use


def test_a_fork_server_that_fails_says_why_and_leaves_nothing(started_as, tmp_path):
    started_as("raise ImportError('numpy is of another Python')")
    with pytest.raises(RuntimeError, match=r"did not start:\n(.*\n)*ImportError: numpy is of ano"):
        Server("landlock")
    assert list(tmp_path.glob("em-grade-*")) == []


def test_a_fork_server_that_says_nothing_is_not_waited_for(started_as, monkeypatch, tmp_path):
    started_as("import time\ntime.sleep(60)")
    monkeypatch.setattr(grading_server, "_PATIENCE", 0.3)
    with pytest.raises(RuntimeError, match="the fork server did not start"):
        Server("landlock")
    assert list(tmp_path.glob("em-grade-*")) == []


def test_where_no_sandbox_holds_it_is_tried_once(started_as, monkeypatch, tmp_path):
    started_as(NO_JAIL)
    monkeypatch.setattr(grading_server, "_SERVERS", {})
    for _ in range(3):
        with pytest.raises(NoSandbox, match=r"with landlock «no network» failed \(it was allowed"):
            grading_server.running("auto")
    assert (tmp_path / "count").read_text() == "x"
    assert list(tmp_path.glob("em-grade-*")) == []


class ForkServer:
    """Answers a process_client's wishes; all processes of its own are one, 4711."""

    def __init__(self, sock):
        self.wishes, self._sock = [], sock
        self.process, self.theirs = socket.socketpair()

    def serve(self):
        while said := self._sock.recv(4096):
            self.wishes.append(json.loads(said))
            if self.wishes[-1]["want"] in ("student", "reader"):
                pid = json.dumps({"pid": 4711}).encode()
                socket.send_fds(self._sock, [pid], [self.theirs.fileno()])
                self.theirs.close()
            else:
                self._sock.send(json.dumps({"status": None}).encode())


@pytest.fixture
def forks():
    """A process_client, and what serves it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    other = ForkServer(theirs)
    thread = threading.Thread(target=other.serve)
    thread.start()
    yield ProcessClient(ours), other
    ours.close()
    thread.join()
    theirs.close()
    other.process.close()


def test_a_process_that_cannot_enter_its_sandbox_runs_nothing(forks):
    process_client, other = forks
    other.process.send(b"OSError: no Landlock")
    with pytest.raises(SandboxFailed, match=r"could not enter its sandbox: OSError: no Landlock\."):
        process_client.student(Limits(scratch=12345))
    assert other.wishes[0]["limits"]["scratch"] == 12345
    assert other.wishes[1] == {"want": "end", "pid": 4711}


def test_a_process_that_dies_before_its_sandbox_is_said_to_have_died(forks):
    process_client, other = forks
    other.process.close()
    with pytest.raises(SandboxFailed, match="could not enter its sandbox: it died"):
        process_client.student(Limits())


def test_a_process_whose_socket_breaks_is_ended(forks):
    process_client, other = forks
    other.theirs.send(b"unread")
    other.process.close()
    with pytest.raises(SandboxFailed, match=r"could not enter its sandbox: .*reset by peer"):
        process_client.student(Limits())
    assert other.wishes[1]["want"] == "end"


def test_a_process_that_does_not_end_is_killed(forks, monkeypatch):
    process_client, other = forks
    monkeypatch.setattr("em_grader.sandbox.process_client._PATIENCE", 0.05)
    assert process_client.ended(process_client.reader()) is None
    wishes = [each["want"] for each in other.wishes]
    assert wishes[0] == "reader"
    assert set(wishes[1:-1]) == {"status"}
    assert wishes[-1] == "end"


@pytest.mark.parametrize("wishes", ["read", "unread"])
def test_a_fork_server_that_is_gone_is_said_to_be(wishes):
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process_client = ProcessClient(ours)

    def die():
        time.sleep(0.05)
        if wishes == "read":
            theirs.recv(4096)
        theirs.close()

    process, other = socket.socketpair()
    with ours, other:
        thread = threading.Thread(target=die)
        thread.start()
        for use in (process_client.reader, lambda: process_client.student(Limits())):
            with pytest.raises(SandboxFailed, match="the fork server is gone"):
                use()
        process_client.end(Child(4711, process))  # which ended with it
        with pytest.raises(SandboxFailed, match="the fork server is gone"):
            process_client.ended(Child(4711, process))
        thread.join()


class Job:
    """Comes to an end as it was told."""

    def __init__(self, end):
        self._end = end

    def result(self):
        if isinstance(self._end, Exception):
            raise self._end
        return self._end


def test_what_the_lessons_own_cells_show_is_run_once_and_anew_after_a_failure():
    ends, started = iter([RuntimeError("the referee failed"), ["a", "b"], ["never"]]), []

    def start():
        started.append(next(ends))
        return Job(started[-1])

    given = grading_server._Given(start)
    assert len(started) == 1, "it runs beside the first notebook"
    with pytest.raises(RuntimeError, match="the referee failed"):
        given.outputs()
    assert given.outputs() == ["a", "b"]
    assert given.outputs() == ["a", "b"]
    assert len(started) == 2
