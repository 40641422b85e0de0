"""The student's side of the wire, inside the jail: runs cells, calls answers, hands back data.

Nothing here is trusted by anybody: a student's code can change all of it. The referee checks what
comes back.
"""

import inspect
import os
import traceback
import types

from em_grader.sandbox import random_state, serialization
from em_grader.sandbox.worker import shell

MOST_FRAMES = 12


def serve(sock, student_shell, guard, limits):
    """Answer the referee's requests until it hangs up.

    Parameters
    ----------
    sock : socket.socket
    student_shell : em_grader.sandbox.worker.shell.Shell
    guard : em_grader.sandbox.worker.runtime_check.Guard
        Installed.
    limits : em_grader.sandbox.limits.Limits
    """
    side = _Side(student_shell, limits, guard)
    while True:
        try:
            number, request, *details = serialization.receive(sock)
        except (EOFError, ConnectionError):
            os._exit(0)
        try:
            reply = serialization.pack([number, "done", *getattr(side, request)(*details)])
        except BaseException as error:
            guard.down()
            reply = serialization.pack([number, "raised", *_described(error)])
        sock.sendall(reply)


class _Side:
    """What the referee may ask for."""

    def __init__(self, student_shell, limits, guard):
        self._shell, self._limits, self._guard = student_shell, limits, guard
        self._random = None

    def run(self, source):
        """Outputs and the name of the exception of one cell."""
        self._random = None
        return shell.run(self._shell, source, self._limits.output)

    def look(self, names):
        """For each of some names that exists: the parameters of a function, or a value."""
        found = {}
        for name in names:
            if name in self._shell.user_ns:
                value = self._shell.user_ns[name]
                if callable(value):
                    found[name] = ["function", _parameters(value)]
                elif not isinstance(value, types.ModuleType):
                    found[name] = ["value", value]
        return (found,)

    def call(self, name, arguments, options, state, allowed):
        """A function's result, what it changed in its arguments, and what it printed."""
        if state is not None:
            random_state.restore(state)
            self._random = None
        random_before, self._random = self._random or random_state.state(), None
        before = [serialization.pack(each) for each in arguments]
        self._shell.outputs = shell.Outputs(self._limits.output)
        function = self._shell.user_ns[name]
        self._guard.up(allowed)
        try:
            result = function(*arguments, **options)
        finally:
            self._guard.down()
        changed = {
            place: after
            for place, after in enumerate(arguments)
            if serialization.pack(after) != before[place]
        }
        random_after = self._random = random_state.state()
        printed = "".join(
            each["text"] for each in self._shell.outputs.items if each["output_type"] == "stream"
        )
        return (
            result,
            changed,
            random_after if random_after != random_before else None,
            printed,
        )


def _parameters(function):
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [[each.name, int(each.kind)] for each in parameters]


def _described(error):
    """An exception as names, message and the lines of the student's cells that it went through."""
    try:
        message = str(error)[:2000]
    except BaseException:
        message = ""
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if each.filename.startswith("<ipython-input")]
    lines = [[each.name, each.lineno or 0, each.line or ""] for each in own[-MOST_FRAMES:]]
    bases = [each.__name__ for each in type(error).__mro__]
    return bases[0], bases[1:8], message, lines
