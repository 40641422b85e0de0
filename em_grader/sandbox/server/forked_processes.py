"""Turning a freshly forked child of the fork server into a student process or a lesson worker."""

import os
import resource
import signal
import socket
import sys
from collections.abc import Sequence
from typing import NoReturn

from em_grader.sandbox.jail.enter import enter
from em_grader.sandbox.jail.syscalls import die_with_parent
from em_grader.sandbox.jail.visibility import Visibility
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.process_client import ProcessClient
from em_grader.sandbox.referee import lesson_worker
from em_grader.sandbox.worker import error_display, shell, student_worker
from em_grader.sandbox.worker.runtime_check import RuntimeCheck

_STUDENT_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NBGRADER_EXECUTION": "autograde",
}

_FIRST_DESCRIPTOR, _SPARE_DESCRIPTOR = 3, 900


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

    Parameters
    ----------
    sock : socket.socket
        To the trusted grader.
    student_shell : em_grader.sandbox.worker.shell.Shell
    runtime_check : em_grader.sandbox.worker.runtime_check.RuntimeCheck
        Installed.
    level, folder, limits, number, visibility
        As ``em_grader.sandbox.jail.enter.enter`` takes them.
    """
    sock = _keep_only([sock])[0]
    try:
        os.environ.clear()
        os.environ.update(_STUDENT_ENVIRONMENT)
        sys.argv[:] = sys.orig_argv[:] = [""]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        enter(level, folder, limits, number, visibility)
        error_display.shorten_warnings()
        shell.attach_streams(student_shell)
        sock.sendall(b"ready")
    except BaseException as error:
        sock.sendall(f"{type(error).__name__}: {error}".encode()[:2000])
        os._exit(1)
    student_worker.serve(sock, student_shell, runtime_check, limits)
    os._exit(0)


def become_lesson_worker(sock: socket.socket, control: socket.socket) -> NoReturn:
    """Read a lesson from the socket, then fork a trusted grader for one notebook after another.

    Parameters
    ----------
    sock : socket.socket
        To the grader process.
    control : socket.socket
        To the fork server.
    """
    die_with_parent()
    sock, control = _keep_only([sock, control])
    lesson_worker.serve(sock, ProcessClient(control))
    os._exit(0)


def _keep_only(sockets: Sequence[socket.socket]) -> list[socket.socket]:
    """Close all other descriptors; the standard streams lead nowhere, the sockets are renumbered.

    Returns
    -------
    list of socket.socket
        The same connections with the descriptors 3, 4 ...
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
