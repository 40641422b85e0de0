"""The lesson worker: a process that analyses a lesson once and forks a trusted grader per notebook.

Whatever a notebook brings stays in the process that was forked for it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import socket
import traceback

from em_grader.sandbox import serialization
from em_grader.sandbox.jail.syscalls import die_with_parent
from em_grader.sandbox.lesson_data import Lesson
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.process_client import ProcessClient
from em_grader.sandbox.referee import cell_names
from em_grader.sandbox.referee.order_independence import is_order_independent
from em_grader.sandbox.referee.provided_cells import ProvidedCells
from em_grader.sandbox.referee.static_check import find_reference_call
from em_grader.sandbox.referee.test_execution import compile_cell
from em_grader.sandbox.referee.test_namespace import CODE_KINDS
from em_grader.sandbox.referee.trusted_grader import TrustedGrader

_TASKS = {
    "grade": TrustedGrader.grade,
    "provided": TrustedGrader.provided_outputs,
    "explain": TrustedGrader.explain,
}


def serve(sock: socket.socket, process_client: ProcessClient) -> None:
    """Receive a lesson, then fork a trusted grader for one request after another.

    Parameters
    ----------
    sock : socket.socket
        To the grading server, which sends a ``Lesson``, and then requests with ``kind``, ``cells``
        and ``limits``.
    process_client : ProcessClient
    """
    lesson = serialization.receive(sock)
    _analyse(lesson)
    gc.collect()
    gc.freeze()
    while sock.recv(1, socket.MSG_PEEK):
        child = os.fork()
        if child == 0:
            die_with_parent()
            _handle_request(sock, process_client, lesson)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            break
    os._exit(0)


def _analyse(lesson: Lesson) -> None:
    """Fill the caches of the functions that analyse sources, before the fork."""
    cells = lesson["cells"]
    provided_cells = ProvidedCells(cells)
    skipped = provided_cells.self_contained - provided_cells.needed_by_students()
    is_order_independent(cells, skipped)
    sources = tuple(cell["source"] for cell in cells if cell["kind"] in CODE_KINDS)
    find_reference_call("", sources, frozenset())
    for cell in cells:
        if cell["kind"] in ("check", "test"):
            cell_names.free_names(cell["source"])
            with contextlib.suppress(SyntaxError, ValueError):
                compile_cell(cell["source"])


def _handle_request(sock, process_client, lesson):
    try:
        request = serialization.receive(sock)
        limits = Limits(**request["limits"])
        grader = TrustedGrader(request["cells"], limits, process_client, lesson["known_answers"])
        reply = ["done", _TASKS[request["kind"]](grader)]
    except BaseException:
        reply = ["failed", traceback.format_exc()]
    serialization.send(sock, reply)
