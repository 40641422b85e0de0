"""A client for one student's process: sends requests, limits their time, restarts the process."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from em_grader.sandbox import random_state, serialization
from em_grader.sandbox.fork_server_client import Child, ProcessClient
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.referee import answer_errors
from em_grader.sandbox.reference_names import READY_MADE, public_names, refusal
from em_grader.sanitizer.outputs import InvalidOutput, sanitize_outputs

_UNEXPECTED_FORM = "an answer of another form than asked for"
_UNEXPECTED_EXCEPTION = "an exception of another form than asked for"
_MAX_EXCEPTION_MESSAGE = 2000
_MAX_BASES_AND_LINES = 40


class StudentProcess:
    """Runs a student's cells and calls the answers in them, within limits.

    A process that ended is started again at the next request, and the cells that had run to their
    end are run again. ``restarts`` counts that; it is -1 before the first start. The methods raise
    an ``AnswerError`` if the cell or the answer gives no result.
    """

    def __init__(self, process_client: ProcessClient, limits: Limits, budget: TimeBudget):
        self._process_client, self._limits, self._budget = process_client, limits, budget
        self._child: Child | None = None
        self._known_random_state: list | None = None
        self._completed_cells: list[str] = []
        self._request_number, self.restarts = 0, -1

    def run(self, source: str) -> tuple[list[dict[str, Any]], str | None]:
        """Run one cell; returns its outputs and the name of the exception that ended it, if any."""
        outputs, error = self._run(source)
        self._completed_cells.append(source)
        return outputs, error

    def describe(self, names: Collection[str]) -> dict[str, list]:
        """Look up what names stand for.

        For each name that exists, ``["function", parameters]`` or ``["value", value]`` is returned.
        """
        if not names:
            return {}
        (described,) = self._request(
            "describe", [sorted(names)], self._limits.call, 1, "looking at the answers"
        )
        is_well_formed = type(described) is dict and all(
            name in names and type(each) is list and len(each) == 2 and each[0] in _KINDS
            for name, each in described.items()
        )
        if not is_well_formed:
            self._reject_reply(_UNEXPECTED_FORM)
        return described

    def call(
        self,
        name: str,
        arguments: Sequence[Any],
        options: dict[str, Any],
        seconds: float,
        allowlist: Collection[str],
    ) -> tuple[Any, dict[int, Any], str]:
        """Call a function of the student's; it may call allowlisted functions of the reference.

        Returns the result; the arguments that it changed in place, by position, as they are now;
        and what it printed.
        """
        self._start_if_needed()
        state = random_state.state()
        new_state = None if state == self._known_random_state else state
        details = [name, list(arguments), options, new_state, sorted(allowlist)]
        result, changed, state_after, printed = self._request("call", details, seconds, 4, name)
        if type(changed) is not dict or type(printed) is not str:
            self._reject_reply(_UNEXPECTED_FORM)
        self._known_random_state = state
        if state_after is not None:
            try:
                random_state.restore(state_after)
            except ValueError as error:
                self._reject_reply(str(error))
            self._known_random_state = state_after
        return result, changed, printed[: self._limits.output]

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._child is not None:
            self._process_client.end(self._child)
            self._child = None

    def _run(self, source):
        outputs, error = self._request("run", [source], self._limits.cell, 2, "the cell")
        if not (error is None or type(error) is str):
            self._reject_reply(_UNEXPECTED_FORM)
        try:
            return sanitize_outputs(outputs), error
        except InvalidOutput as problem:
            self._reject_reply(str(problem))

    def _start_if_needed(self):
        """Start a process where there is none, and run again the cells that ran to their end."""
        while self._child is None:
            self._budget.check()
            self._child = self._process_client.start_student(self._limits)
            self._known_random_state = None
            self.restarts += 1
            for source in list(self._completed_cells):
                try:
                    self._run(source)
                except answer_errors.AnswerError:
                    self._completed_cells.remove(source)
                    if self._child is None:
                        break

    def _request(self, request, details, seconds, reply_length, what):
        """Send a request and wait for the reply; a reply that is not valid costs the process."""
        self._start_if_needed()
        self._budget.check()
        self._request_number += 1
        try:
            message = serialization.pack([self._request_number, request, *details])
        except serialization.SerializationError as error:
            raise TypeError(f"a test passed what cannot be handed to an answer: {error}") from None
        try:
            reply = self._exchange(message, seconds)
            if type(reply) is not list or [type(each) for each in reply[:2]] != [int, str]:
                raise serialization.SerializationError("not a reply")
            if reply[0] != self._request_number:
                raise serialization.SerializationError("not a reply to what was asked")
            if reply[1] == "raised":
                self._raise_students_exception(reply[2:])
            if reply[1] != "done" or len(reply) != reply_length + 2:
                raise serialization.SerializationError("a reply of another form than asked for")
        except TimeoutError:
            self.stop()
            raise answer_errors.TimeLimitExceeded(
                f"{what} ran longer than the {seconds:g} s that are allowed and was stopped; "
                f"look for a loop that does not end."
            ) from None
        except (EOFError, ConnectionError):
            raise answer_errors.process_ended(self._exit_status(), self._limits) from None
        except serialization.SerializationError as error:
            self._reject_reply(str(error))
        return reply[2:]

    def _exit_status(self) -> int | None:
        assert self._child is not None
        status = self._process_client.exit_status(self._child)
        self._child = None
        return status

    def _exchange(self, message: bytes, seconds: float) -> Any:
        assert self._child is not None
        with self._budget.spending(seconds) as seconds:
            sock, deadline = self._child.socket, time.monotonic() + seconds
            sock.settimeout(seconds)
            sock.sendall(message)
            return serialization.receive(_SocketWithDeadline(sock, deadline))

    def _raise_students_exception(self, reply):
        is_named = len(reply) == 4 and type(reply[0]) is str and reply[0].isidentifier()
        if not is_named or type(reply[2]) is not str or len(reply[2]) > _MAX_EXCEPTION_MESSAGE:
            raise serialization.SerializationError(_UNEXPECTED_EXCEPTION)
        name, bases, message, lines = reply
        if type(bases) is not list or type(lines) is not list:
            raise serialization.SerializationError(_UNEXPECTED_EXCEPTION)
        if len(bases) + len(lines) > _MAX_BASES_AND_LINES:
            raise serialization.SerializationError(_UNEXPECTED_EXCEPTION)
        if name == "SerializationError":
            raise answer_errors.NotSerializable(_TOO_LARGE)
        if name == "ReferenceCalled":
            raise answer_errors.ReferenceUsed(_refusal(message))
        is_memory_error = "MemoryError" in (name, *bases)
        if is_memory_error:
            gigabytes = self._limits.memory / 2**30
            name = "MemoryError"
            message = f"it may take {gigabytes:.3g} GB of memory beyond what Python itself takes."
        lines = [line for line in lines if type(line) is list and len(line) == 3]
        raise answer_errors.recreate_exception(
            name, [str(base) for base in bases], message, lines, safe_to_show=is_memory_error
        )

    def _reject_reply(self, reason):
        self.stop()
        raise answer_errors.NotSerializable(
            f"the process that runs the answers did not reply properly: {reason}."
        )


_KINDS = ("function", "value")
_TOO_LARGE = (
    f"what it returned cannot be handed over: it is over the limit of "
    f"{serialization.MAX_MESSAGE_BYTES >> 20} MB ({serialization.MAX_TREE_BYTES >> 20} MB in "
    f"lists), has over {serialization.MAX_KEYS} keys, or is nested deeper than "
    f"{serialization.MAX_DEPTH} levels."
)


def _refusal(message):
    """Compose a refusal anew, since the student's process can send any text as one."""
    match = re.match(r"the answer calls (\w{1,40}),", message)
    if match and (match[1] in READY_MADE or match[1] in public_names()):
        return refusal(match[1])
    return refusal("the reference")


class TimeBudget:
    """The time that all cells and calls of one notebook may take together, in seconds."""

    def __init__(self, seconds: float):
        self._total = self._left = seconds

    def check(self) -> None:
        """Raise ``TimeLimitExceeded`` if no time is left."""
        if self._left <= 0:
            raise answer_errors.TimeLimitExceeded(
                f"the cells and answers of this notebook took more than the {self._total:g} s that "
                f"are allowed for all of it."
            )

    @contextlib.contextmanager
    def spending(self, limit: float) -> Iterator[float]:
        """Subtract the time that the body takes; yields the seconds that it may take."""
        started = time.monotonic()
        try:
            yield max(0.01, min(limit, self._left))
        finally:
            self._left -= time.monotonic() - started


class _SocketWithDeadline:
    """A socket whose reads all end by one moment, however slowly bytes arrive."""

    def __init__(self, sock, deadline):
        self._sock, self._deadline = sock, deadline

    def recv(self, size):
        """Read, or raise TimeoutError."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._sock.recv(size)
