"""The worker in a student's sandboxed process: runs cells, calls answers and returns data.

Nothing here is trusted, since a student's code can change all of it; the trusted grader checks
every reply.
"""

from __future__ import annotations

import inspect
import os
import socket
import traceback
import types
from collections.abc import Iterable
from typing import Any

from em_grader.sandbox import random_state, serialization
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.worker import shell
from em_grader.sandbox.worker.reference_guard import RuntimeCheck

_MAX_LINES = 12
_MAX_BASES = 7
_MAX_MESSAGE = 2000


def serve(
    sock: socket.socket, student_shell: shell.Shell, runtime_check: RuntimeCheck, limits: Limits
) -> None:
    """Answer the trusted grader's requests until it closes the connection."""
    handlers = _RequestHandlers(student_shell, limits, runtime_check)
    while True:
        try:
            number, request, *details = serialization.receive(sock)
        except (EOFError, ConnectionError):
            os._exit(0)
        try:
            reply = serialization.pack([number, "done", *getattr(handlers, request)(*details)])
        except BaseException as error:
            runtime_check.deactivate()
            reply = serialization.pack([number, "raised", *_describe_exception(error)])
        sock.sendall(reply)


class _RequestHandlers:
    """A method for each request of the trusted grader; each returns the parts of its reply."""

    def __init__(self, student_shell: shell.Shell, limits: Limits, runtime_check: RuntimeCheck):
        self._shell, self._limits, self._runtime_check = student_shell, limits, runtime_check
        self._random_state: list | None = None

    def run(self, source: str) -> tuple[list[dict[str, Any]], str | None]:
        """Run a cell; returns its outputs and the name of its exception."""
        self._random_state = None
        return shell.run_student_cell(self._shell, source, self._limits.output)

    def describe(self, names: Iterable[str]) -> tuple[dict[str, list]]:
        """For each name that exists, return the parameters of a function, or a value."""
        described = {}
        for name in names:
            if name in self._shell.user_ns:
                value = self._shell.user_ns[name]
                if callable(value):
                    described[name] = ["function", _parameters(value)]
                elif not isinstance(value, types.ModuleType):
                    described[name] = ["value", value]
        return (described,)

    def call(
        self,
        name: str,
        arguments: list[Any],
        options: dict[str, Any],
        state: list | None,
        allowlist: Iterable[str],
    ) -> tuple[Any, dict[int, Any], list | None, str]:
        """Call a function.

        Returns the result; the arguments that it changed in place, by position; the random state,
        or None if it is unchanged; and what it printed.
        """
        if state is not None:
            random_state.restore(state)
            self._random_state = None
        state_before, self._random_state = self._random_state or random_state.state(), None
        packed_before = [serialization.pack(argument) for argument in arguments]
        self._shell.outputs = shell.Outputs(self._limits.output)
        function = self._shell.user_ns[name]
        self._runtime_check.activate(allowlist)
        try:
            result = function(*arguments, **options)
        finally:
            self._runtime_check.deactivate()
        changed = {
            position: after
            for position, after in enumerate(arguments)
            if serialization.pack(after) != packed_before[position]
        }
        state_after = self._random_state = random_state.state()
        outputs = self._shell.outputs.items
        printed = "".join(each["text"] for each in outputs if each["output_type"] == "stream")
        return result, changed, state_after if state_after != state_before else None, printed


def _parameters(function):
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [[parameter.name, int(parameter.kind)] for parameter in parameters]


def _describe_exception(error):
    """The names, the message and the lines of the student's cells that an exception passed."""
    try:
        message = str(error)[:_MAX_MESSAGE]
    except BaseException:
        message = ""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith("<ipython-input")]
    lines = [[frame.name, frame.lineno or 0, frame.line or ""] for frame in own[-_MAX_LINES:]]
    name, *bases = [kind.__name__ for kind in type(error).__mro__]
    return name, bases[:_MAX_BASES], message, lines
