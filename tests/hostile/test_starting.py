"""Where a fork server, a sandbox or a student's process does not start, that is said, and why."""

import json
import socket
import sys
import threading
import time

import pytest

from em_grader.sandbox.limits import Limits
from em_grader.sandbox.process_client import Child, ProcessClient, SandboxFailed
from em_grader.sandbox.server import fork_server_process, grading_server
from em_grader.sandbox.server.fork_server_process import NoSandbox
from em_grader.sandbox.server.grading_server import Server
from em_grader.sandbox.server.lesson_workers import ProvidedOutputs

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

        monkeypatch.setattr(fork_server_process, "child_command", command)

    return use


def test_a_fork_server_that_fails_says_why_and_leaves_nothing(started_as, tmp_path):
    started_as("raise ImportError('numpy is of another Python')")
    with pytest.raises(RuntimeError, match=r"did not start:\n(.*\n)*ImportError: numpy is of ano"):
        Server("landlock")
    assert list(tmp_path.glob("em-grade-*")) == []


def test_a_fork_server_that_says_nothing_is_not_waited_for(started_as, monkeypatch, tmp_path):
    started_as("import time\ntime.sleep(60)")
    monkeypatch.setattr(fork_server_process, "_SECONDS_TO_START", 0.3)
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


class ForkServer:
    """Answers a process client's requests; all the processes that it starts are one, 4711."""

    def __init__(self, sock):
        self.requests, self._sock = [], sock
        self.process, self.theirs = socket.socketpair()

    def serve(self):
        while message := self._sock.recv(4096):
            self.requests.append(json.loads(message))
            if self.requests[-1]["kind"] in ("student", "lesson worker"):
                pid = json.dumps({"pid": 4711}).encode()
                socket.send_fds(self._sock, [pid], [self.theirs.fileno()])
                self.theirs.close()
            else:
                self._sock.send(json.dumps({"status": None}).encode())


@pytest.fixture
def connection():
    """A process client, and the fork server that answers it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    fork_server = ForkServer(theirs)
    thread = threading.Thread(target=fork_server.serve)
    thread.start()
    yield ProcessClient(ours), fork_server
    ours.close()
    thread.join()
    theirs.close()
    fork_server.process.close()


def test_a_process_that_cannot_enter_its_sandbox_runs_nothing(connection):
    process_client, fork_server = connection
    fork_server.process.send(b"OSError: no Landlock")
    with pytest.raises(SandboxFailed, match=r"could not enter its sandbox: OSError: no Landlock\."):
        process_client.start_student(Limits(scratch=12345))
    assert fork_server.requests[0]["limits"]["scratch"] == 12345
    assert fork_server.requests[1] == {"kind": "end", "pid": 4711}


def test_a_process_that_dies_before_its_sandbox_is_said_to_have_died(connection):
    process_client, fork_server = connection
    fork_server.process.close()
    with pytest.raises(SandboxFailed, match="could not enter its sandbox: it died"):
        process_client.start_student(Limits())


def test_a_process_whose_socket_breaks_is_ended(connection):
    process_client, fork_server = connection
    fork_server.theirs.send(b"unread")
    fork_server.process.close()
    with pytest.raises(SandboxFailed, match=r"could not enter its sandbox: .*reset by peer"):
        process_client.start_student(Limits())
    assert fork_server.requests[1]["kind"] == "end"


def test_a_process_that_does_not_end_is_killed(connection, monkeypatch):
    process_client, fork_server = connection
    monkeypatch.setattr("em_grader.sandbox.process_client._SECONDS_TO_END", 0.05)
    assert process_client.exit_status(process_client.start_lesson_worker()) is None
    kinds = [request["kind"] for request in fork_server.requests]
    assert kinds[0] == "lesson worker"
    assert set(kinds[1:-1]) == {"status"}
    assert kinds[-1] == "end"


@pytest.mark.parametrize("request_is", ["read", "unread"])
def test_a_fork_server_that_is_gone_is_reported(request_is):
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process_client = ProcessClient(ours)

    def die():
        time.sleep(0.05)
        if request_is == "read":
            theirs.recv(4096)
        theirs.close()

    process, other = socket.socketpair()
    with ours, other:
        thread = threading.Thread(target=die)
        thread.start()
        starts = process_client.start_lesson_worker, lambda: process_client.start_student(Limits())
        for start in starts:
            with pytest.raises(SandboxFailed, match="the fork server is gone"):
                start()
        process_client.end(Child(4711, process))  # which ended with it
        with pytest.raises(SandboxFailed, match="the fork server is gone"):
            process_client.exit_status(Child(4711, process))
        thread.join()


class Job:
    """Ends with a prepared result or error."""

    def __init__(self, end):
        self._end = end

    def result(self):
        if isinstance(self._end, Exception):
            raise self._end
        return self._end


def test_what_the_lessons_own_cells_show_is_run_once_and_anew_after_a_failure():
    ends, started = iter([RuntimeError("the trusted grader failed"), ["a", "b"], ["never"]]), []

    def start():
        started.append(next(ends))
        return Job(started[-1])

    provided = ProvidedOutputs(start)
    assert len(started) == 1, "it runs beside the first notebook"
    with pytest.raises(RuntimeError, match="the trusted grader failed"):
        provided.outputs()
    assert provided.outputs() == ["a", "b"]
    assert provided.outputs() == ["a", "b"]
    assert len(started) == 2
