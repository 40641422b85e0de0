"""The client of the fork server, through which trusted processes start and end processes."""

import contextlib
import json
import socket
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

from em_grader.sandbox.limits import Limits

_SECONDS_TO_END = 5
"""How long a process that has closed its socket may take to end: on a busy machine, a while."""

_SECONDS_TO_START = 20
_LONGEST_REPLY = 4096


@dataclass(frozen=True)
class Child:
    """A process that the fork server has started, and the socket to it."""

    pid: int
    socket: socket.socket


class SandboxFailed(RuntimeError):
    """The sandbox could not be entered, or the fork server is gone; no student's code was run."""


class ProcessClient:
    """Asks the fork server for processes, over a SOCK_SEQPACKET socket; for use from any thread.

    Each method that starts a process raises ``SandboxFailed`` if it cannot.
    """

    def __init__(self, control: socket.socket) -> None:
        self._control, self._lock = control, threading.Lock()

    def start_lesson_worker(self) -> Child:
        """Start a trusted process that waits for a lesson, and then for notebooks."""
        return self._start({"kind": "lesson worker"})

    def start_student(self, limits: Limits) -> Child:
        """Start a confined process that waits for a student's cells."""
        child = self._start({"kind": "student", "limits": asdict(limits)})
        child.socket.settimeout(_SECONDS_TO_START)
        try:
            message = child.socket.recv(_LONGEST_REPLY)
        except OSError as error:
            message = str(error).encode()
        if message != b"ready":
            self.end(child)
            raise SandboxFailed(
                f"a student's process could not enter its sandbox: "
                f"{message.decode(errors='replace') or 'it died'}."
            )
        return child

    def end(self, child: Child) -> None:
        """Kill a process if it still runs, which it does not where the fork server is gone."""
        child.socket.close()
        with contextlib.suppress(SandboxFailed):
            self._status({"kind": "end", "pid": child.pid})

    def exit_status(self, child: Child) -> int | None:
        """Wait for the end of a process that has closed its socket.

        Returns its status as ``os.waitpid`` does; None if it did not end and had to be killed.
        """
        child.socket.close()
        deadline = time.monotonic() + _SECONDS_TO_END
        while time.monotonic() < deadline:
            status = self._status({"kind": "status", "pid": child.pid})
            if status is not None:
                return status
            time.sleep(0.005)
        self.end(child)
        return None

    def _status(self, request: dict[str, Any]) -> int | None:
        return self._request(request)[0]["status"]

    def _start(self, request: dict[str, Any]) -> Child:
        reply, descriptors = self._request(request)
        return Child(reply["pid"], socket.socket(fileno=descriptors[0]))

    def _request(self, request: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
        """Send a request; return the reply and the descriptors that came with it."""
        with self._lock:
            try:
                self._control.send(json.dumps(request).encode())
                reply, descriptors, _, _ = socket.recv_fds(self._control, _LONGEST_REPLY, 1)
            except OSError:
                reply, descriptors = b"", []
        if not reply:
            raise SandboxFailed("the fork server is gone.")
        return json.loads(reply), descriptors
