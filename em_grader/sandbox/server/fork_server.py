"""The fork server: a process of one thread that has imported what notebooks use, and forks.

``python -m em_grader.sandbox.server.fork_server DESCRIPTOR LEVEL FOLDER SECRET`` is started by
``fork_server_process.ForkServerProcess`` and exchanges JSON over the socket that it inherits. It
never sees a test, an answer or a grade: those pass directly between the grader process, the trusted
graders and the students' processes.
"""

import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from em_grader.sandbox.fork_server_client import ProcessClient
from em_grader.sandbox.jail import LEVELS
from em_grader.sandbox.jail.enter import enter
from em_grader.sandbox.jail.scratch_folder import remove_scratch_folder, scratch_bytes_used
from em_grader.sandbox.jail.self_test import run_self_test
from em_grader.sandbox.jail.syscalls import die_with_parent
from em_grader.sandbox.jail.visibility import Visibility
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.referee.lesson_worker import serve_notebooks
from em_grader.sandbox.server.student_environment import (
    STUDENT_ENVIRONMENT,
    preload,
    student_visibility,
)
from em_grader.sandbox.worker import shell, student_worker
from em_grader.sandbox.worker.reference_guard import RuntimeCheck
from em_grader.sandbox.worker.shell import Shell

PAUSE = 0.5
"""Seconds between two measurements of the students' scratch folders."""

_LONGEST_REQUEST = 4096
_STUDENT_NUMBERS = 50_000
_FIRST_DESCRIPTOR, _SPARE_DESCRIPTOR = 3, 900
_IMPORTABLE = ("scipy.signal",)
"""Not loaded by ``preload``, so that the self-test sees whether imports still work."""


@dataclass(frozen=True)
class _Process:
    """A process that the fork server started."""

    owner: socket.socket  # the client that asked for it
    scratch_folder: str | None  # only for students
    scratch_limit: int  # bytes


class ForkServer:
    """Forks lesson workers for the grader process, and students' processes for trusted graders.

    ``control`` leads to the grader process; ``level`` is the sandbox level of students' processes,
    whose scratch folders are made in ``folder``.
    """

    def __init__(
        self,
        control: socket.socket,
        level: str,
        folder: str,
        visibility: Visibility,
        student_shell: Shell,
        runtime_check: RuntimeCheck,
    ) -> None:
        self._level, self._folder, self._visibility = level, folder, visibility
        self._shell, self._runtime_check = student_shell, runtime_check
        self._grader_process, self._clients = control, {control}
        self._processes: dict[int, _Process] = {}
        self._started = 0

    def run(self) -> None:
        """Serve until the grader process closes its socket."""
        while True:
            timeout = PAUSE if self._processes else None
            for client in select.select(self._clients, [], [], timeout)[0]:
                self._serve(client)
            if self._level != "namespaces":
                self._check_scratch_folders()

    def _serve(self, client: socket.socket) -> None:
        try:
            message = client.recv(_LONGEST_REQUEST)
        except ConnectionError:
            message = b""
        if not message:
            self._remove_client(client)
            return
        request = json.loads(message)
        if request["kind"] == "student":
            self._start_student(client, Limits(**request["limits"]))
        elif request["kind"] == "lesson worker":
            self._start_lesson_worker(client)
        else:
            end = self._end if request["kind"] == "end" else self._status
            _reply(client, {"status": end(request["pid"])})

    def _remove_client(self, client: socket.socket) -> None:
        if client is self._grader_process:
            os._exit(0)
        self._clients.discard(client)
        client.close()
        for pid in [pid for pid, child in self._processes.items() if child.owner is client]:
            self._end(pid, 0)

    def _start_student(self, client: socket.socket, limits: Limits) -> None:
        self._started += 1
        folder = os.path.join(self._folder, f"student-{self._started}")
        os.mkdir(folder, 0o700)
        number = self._started % _STUDENT_NUMBERS
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            try:
                ours.close()
                become_student(
                    theirs, self._shell, self._runtime_check, self._level, folder, limits, number,
                    self._visibility,
                )  # fmt: skip
            finally:
                os._exit(1)
        theirs.close()
        self._processes[pid] = _Process(client, folder, limits.scratch)
        _hand_over(client, pid, ours)

    def _start_lesson_worker(self, client: socket.socket) -> None:
        ours, theirs = socket.socketpair()
        our_control, their_control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            try:
                ours.close()
                our_control.close()
                become_lesson_worker(theirs, their_control)
            finally:
                os._exit(1)
        theirs.close()
        their_control.close()
        self._clients.add(our_control)
        self._processes[pid] = _Process(client, None, 0)
        _hand_over(client, pid, ours)

    def _status(self, pid: int) -> int | None:
        """Return a child's status if it has ended."""
        ended, status = os.waitpid(pid, os.WNOHANG) if pid in self._processes else (0, None)
        if not ended:
            return None
        self._forget(pid)
        return status

    def _end(self, pid: int, patience: float = 0.2) -> None:
        """Kill a child that does not end by itself within so many seconds."""
        deadline = time.monotonic() + patience
        while pid in self._processes and self._status(pid) is None:
            if time.monotonic() >= deadline:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                self._forget(pid)
            time.sleep(0.002)

    def _forget(self, pid: int) -> None:
        folder = self._processes.pop(pid).scratch_folder
        if folder:
            remove_scratch_folder(folder)

    def _check_scratch_folders(self) -> None:
        for pid, process in self._processes.items():
            folder, limit = process.scratch_folder, process.scratch_limit
            if folder and scratch_bytes_used(folder, pid, limit) > limit:
                os.kill(pid, signal.SIGXFSZ)


def _reply(client: socket.socket, message: dict[str, Any]) -> None:
    client.send(json.dumps(message).encode())


def _hand_over(client: socket.socket, pid: int, sock: socket.socket) -> None:
    """Send a client the number of its new process and the socket to it."""
    socket.send_fds(client, [json.dumps({"pid": pid}).encode()], [sock.fileno()])
    sock.close()


def become_student(
    sock: socket.socket,
    student_shell: shell.Shell,
    runtime_check: RuntimeCheck,
    level: str,
    folder: str,
    limits: Limits,
    number: int,
    visibility: Visibility,
) -> NoReturn:
    """Confine this process, report to the socket that it is ready, and run a student's cells.

    The socket leads to the trusted grader; the runtime check is installed.
    """
    sock = _keep_only([sock])[0]
    try:
        os.environ.clear()
        os.environ.update(STUDENT_ENVIRONMENT)
        sys.argv[:] = sys.orig_argv[:] = [""]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        enter(level, folder, limits, number, visibility)
        shell.shorten_warnings()
        shell.attach_streams(student_shell)
        sock.sendall(b"ready")
    except BaseException as error:
        sock.sendall(f"{type(error).__name__}: {error}".encode()[:2000])
        os._exit(1)
    student_worker.serve(sock, student_shell, runtime_check, limits)
    os._exit(0)


def become_lesson_worker(sock: socket.socket, control: socket.socket) -> NoReturn:
    """Read a lesson from the socket, then fork a trusted grader for one notebook after another.

    The socket leads to the grader process, ``control`` to the fork server.
    """
    die_with_parent()
    sock, control = _keep_only([sock, control])
    serve_notebooks(sock, ProcessClient(control))
    os._exit(0)


def _keep_only(sockets: Sequence[socket.socket]) -> list[socket.socket]:
    """Close all other descriptors, lead the standard streams nowhere, and renumber the sockets.

    The same connections are returned, with the descriptors 3, 4 ...
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    spare = [
        os.dup2(sock.fileno(), _SPARE_DESCRIPTOR + index) for index, sock in enumerate(sockets)
    ]
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    for sock in sockets:
        sock.detach()
    os.closerange(_FIRST_DESCRIPTOR, _SPARE_DESCRIPTOR)
    kept = [
        os.dup2(descriptor, _FIRST_DESCRIPTOR + index) for index, descriptor in enumerate(spare)
    ]
    os.closerange(_SPARE_DESCRIPTOR, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    return [socket.socket(fileno=descriptor) for descriptor in kept]


def main(descriptor: str, level: str, folder: str, secret: str) -> None:
    """Import what notebooks use, test which sandbox holds, and serve.

    The descriptor is that of the socket to the grader process, the level ``auto`` or one of
    ``LEVELS``, the folder an empty one of its own, and the secret a file that a sandbox must hide.
    """
    control = socket.socket(fileno=int(descriptor))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    student_shell, runtime_check = preload()
    assert threading.active_count() == 1, threading.enumerate()
    visibility = student_visibility()
    chosen, reports = None, {}
    for candidate in LEVELS[:-1] if level == "auto" else [level]:
        reports[candidate] = _self_test(candidate, folder, visibility, secret)
        if not any(reports[candidate].values()):
            chosen = candidate
            break
    _reply(control, {"level": chosen, "reports": reports})
    if chosen is not None:
        gc.collect()
        gc.freeze()
        ForkServer(control, chosen, folder, visibility, student_shell, runtime_check).run()


def _self_test(
    level: str, folder: str, visibility: Visibility, secret: str
) -> dict[str, str | None]:
    if level == "none":
        return {}
    scratch = os.path.join(folder, f"self-test-{level}")
    os.mkdir(scratch, 0o700)
    return run_self_test(level, scratch, Limits(), visibility, secret, _IMPORTABLE)


if __name__ == "__main__":
    # Nothing that runs here may take this module for the program to start again.
    sys.modules["__main__"].__spec__ = None
    main(*sys.argv[1:])
