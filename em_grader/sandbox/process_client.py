"""The referee's line to the fork server: students' processes are born and ended through it."""

import contextlib
import json
import socket
import threading
import time
from dataclasses import asdict, dataclass

_PATIENCE = 5
"""Seconds that a process which has hung up may take to end: on a busy machine it takes a while."""


@dataclass(frozen=True)
class Child:
    """A process of the fork server's, and the socket to it."""

    pid: int
    socket: socket.socket


class SandboxFailed(RuntimeError):
    """The sandbox could not be entered, or the fork server is gone: no foreign code was run."""


class ProcessClient:
    """Asks the fork server for processes, from any thread.

    Parameters
    ----------
    control : socket.socket
        A SOCK_SEQPACKET socket to the fork server.
    """

    def __init__(self, control):
        self._control, self._asking = control, threading.Lock()

    def reader(self):
        """A trusted process that waits for a lesson, and then for notebooks.

        Raises
        ------
        SandboxFailed
        """
        return self._born({"want": "reader"})

    def student(self, limits):
        """A jailed process that waits for cells.

        Raises
        ------
        SandboxFailed
        """
        child = self._born({"want": "student", "limits": asdict(limits)})
        child.socket.settimeout(20)
        try:
            said = child.socket.recv(4096)
        except OSError as error:
            said = str(error).encode()
        if said != b"ready":
            self.end(child)
            raise SandboxFailed(
                f"a student's process could not enter its sandbox: "
                f"{said.decode(errors='replace') or 'it died'}."
            )
        return child

    def end(self, child):
        """Kill a process, if it still runs: it does not where the fork server is gone."""
        child.socket.close()
        with contextlib.suppress(SandboxFailed):
            self._asked({"want": "end", "pid": child.pid})

    def ended(self, child):
        """How a process ended that has hung up.

        Returns
        -------
        int or None
            Its status as ``waitpid`` says it, None if it did not end and had to be killed.
        """
        child.socket.close()
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            status = self._asked({"want": "status", "pid": child.pid})
            if status is not None:
                return status
            time.sleep(0.005)
        self.end(child)
        return None

    def _asked(self, wish):
        return self._answer(wish)[0]["status"]

    def _born(self, wish):
        said, descriptors = self._answer(wish)
        return Child(said["pid"], socket.socket(fileno=descriptors[0]))

    def _answer(self, wish):
        with self._asking:
            try:
                self._control.send(json.dumps(wish).encode())
                said, descriptors, _, _ = socket.recv_fds(self._control, 4096, 1)
            except OSError:
                said, descriptors = b"", []
        if not said:
            raise SandboxFailed("the fork server is gone.")
        return json.loads(said), descriptors
