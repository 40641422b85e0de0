"""The lesson worker: a process that has loaded a lesson and forks a trusted grader per notebook.

Whatever a notebook brings stays in the trusted grader that was forked for it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import socket
import traceback

from em_grader.sandbox import serialization
from em_grader.sandbox.fork_server_client import ProcessClient
from em_grader.sandbox.jail.syscalls import die_with_parent
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.message_types import Lesson
from em_grader.sandbox.referee import cell_names
from em_grader.sandbox.referee.find_reference_calls import find_reference_call
from em_grader.sandbox.referee.lesson_code import ProvidedCells, compile_cell
from em_grader.sandbox.referee.test_namespace import CODE_KINDS
from em_grader.sandbox.referee.tests_after_last_cell import is_order_independent
from em_grader.sandbox.referee.trusted_grader import TrustedGrader

_TASKS = {
    "grade": TrustedGrader.grade,
    "provided": TrustedGrader.provided_outputs,
    "explain": TrustedGrader.explain,
}


def serve_notebooks(sock: socket.socket, process_client: ProcessClient) -> None:
    """Receive a lesson, then fork a trusted grader for one request after another.

    The grading server sends a ``Lesson``, and then requests with ``kind``, ``cells`` and
    ``limits``.
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
