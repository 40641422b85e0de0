"""The client of the fork server reports processes that fail to start or to end."""

import json
import socket
import threading
import time

import pytest

from em_grader.sandbox.fork_server_client import Child, ProcessClient, SandboxFailed
from em_grader.sandbox.limits import Limits


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
    monkeypatch.setattr("em_grader.sandbox.fork_server_client._SECONDS_TO_END", 0.05)
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
