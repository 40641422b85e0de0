"""A process of one thread that has loaded what notebooks import, and forks for each of them.

``python -m em_grader.sandbox.server.fork_server DESCRIPTOR LEVEL FOLDER SECRET`` is started by
``server.Server`` and talks JSON over the socket that it inherits. It never sees a test, an answer
or a grade: those pass between the coordinator, the referees and the students' processes directly.
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
from dataclasses import dataclass

from em_grader.sandbox import jail
from em_grader.sandbox.jail import scratch_folder
from em_grader.sandbox.jail.self_test import trial
from em_grader.sandbox.jail.syscalls import prctl
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.process_client import ProcessClient
from em_grader.sandbox.referee import trusted_grader
from em_grader.sandbox.server import preload
from em_grader.sandbox.worker import shell, student_worker

PAUSE = 0.5
"""Seconds between two looks at what students' processes have written to their scratch folders."""

_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NBGRADER_EXECUTION": "autograde",
}


@dataclass
class _Born:
    """A process that the fork server started: for whom, and where it may write."""

    owner: object
    folder: str | None
    scratch: int


class ForkServer:
    """Forks readers for the coordinator and students' processes for referees."""

    def __init__(self, control, level, folder, warm_shell, guard):
        self._level, self._folder = level, folder
        self._shell, self._guard = warm_shell, guard
        self._coordinator, self._clients = control, {control}
        self._born, self._count = {}, 0

    def run(self):
        """Serve until the coordinator hangs up."""
        while True:
            ready = select.select(self._clients, [], [], PAUSE if self._born else None)[0]
            for client in ready:
                self._serve(client)
            if self._level != "namespaces":
                self._watch_scratch()

    def _serve(self, client):
        try:
            said = client.recv(4096)
        except ConnectionError:
            said = b""
        if not said:
            self._hang_up(client)
            return
        wish = json.loads(said)
        if wish["want"] in ("end", "status"):
            end = self._end if wish["want"] == "end" else self._status
            client.send(json.dumps({"status": end(wish["pid"])}).encode())
        else:
            self._fork(client, wish)

    def _hang_up(self, client):
        if client is self._coordinator:
            os._exit(0)
        self._clients.discard(client)
        client.close()
        for pid in [pid for pid, born in self._born.items() if born.owner is client]:
            self._end(pid, 0)

    def _fork(self, client, wish):
        here, there = socket.socketpair()
        is_student = wish["want"] == "student"
        control = None if is_student else socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._count += 1
        folder, limits = None, Limits(**wish.get("limits", {}))
        if is_student:
            folder = os.path.join(self._folder, f"student-{self._count}")
            os.mkdir(folder, 0o700)
        pid = os.fork()
        if pid == 0:
            here.close()
            try:
                if is_student:
                    self._be_student(there, folder, limits)
                else:
                    control[0].close()
                    self._be_reader(there, control[1])
            finally:
                os._exit(1)
        there.close()
        if control:
            control[1].close()
            self._clients.add(control[0])
        self._born[pid] = _Born(client, folder, limits.scratch)
        socket.send_fds(client, [json.dumps({"pid": pid}).encode()], [here.fileno()])
        here.close()

    def _be_student(self, sock, folder, limits):
        descriptor = _keep_only([sock])[0]
        sock = socket.socket(fileno=descriptor)
        try:
            os.environ.clear()
            os.environ.update(_ENVIRONMENT)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            jail.enter(self._level, folder, limits, self._count % 50_000)
            shell.attach(self._shell)
            sock.sendall(b"ready")
        except BaseException as error:
            sock.sendall(f"{type(error).__name__}: {error}".encode()[:2000])
            os._exit(1)
        student_worker.serve(sock, self._shell, self._guard, limits)

    def _be_reader(self, sock, control):
        prctl(1, signal.SIGKILL)
        sock, control = (socket.socket(fileno=each) for each in _keep_only([sock, control]))
        trusted_grader.serve(sock, ProcessClient(control))

    def _status(self, pid):
        """A child's status if it has ended."""
        ended, status = os.waitpid(pid, os.WNOHANG) if pid in self._born else (0, None)
        if not ended:
            return None
        self._forget(pid)
        return status

    def _end(self, pid, patience=0.2):
        """Kill a child that does not end by itself within so many seconds."""
        until = time.monotonic() + patience
        while pid in self._born and self._status(pid) is None:
            if time.monotonic() >= until:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                self._forget(pid)
            time.sleep(0.002)

    def _forget(self, pid):
        folder = self._born.pop(pid).folder
        if folder:
            scratch_folder.remove(folder)

    def _watch_scratch(self):
        for pid, born in self._born.items():
            if born.folder and scratch_folder.held(born.folder, pid, born.scratch) > born.scratch:
                os.kill(pid, signal.SIGXFSZ)


def _keep_only(sockets):
    """Close every descriptor but these, which become 3, 4 ...; the standard ones lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    high = [os.dup2(each.fileno(), 900 + place) for place, each in enumerate(sockets)]
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    for each in sockets:
        each.detach()
    os.closerange(3, 900)
    kept = [os.dup2(descriptor, 3 + place) for place, descriptor in enumerate(high)]
    os.closerange(900, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    return kept


def main(descriptor, level, folder, secret):
    """Load, see which jail holds, and serve.

    Parameters
    ----------
    descriptor : str
        Of the coordinator's socket.
    level : str
        ``auto``, or one of ``jail.LEVELS``.
    folder : str
        An empty folder of the fork server's own.
    secret : str
        A file that a jail must hide.
    """
    control = socket.socket(fileno=int(descriptor))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_shell, guard = preload.load()
    assert threading.active_count() == 1, threading.enumerate()
    found, reports = None, {}
    for each in jail.LEVELS[:-1] if level == "auto" else [level]:
        place = os.path.join(folder, f"trial-{each}")
        os.mkdir(place, 0o700)
        reports[each] = {} if each == "none" else trial(each, place, Limits(), secret)
        if not any(reports[each].values()):
            found = each
            break
    control.send(json.dumps({"level": found, "reports": reports}).encode())
    if found is not None:
        gc.collect()
        gc.freeze()
        ForkServer(control, found, folder, warm_shell, guard).run()


if __name__ == "__main__":
    sys.modules["__main__"].__spec__ = None
    main(*sys.argv[1:])
