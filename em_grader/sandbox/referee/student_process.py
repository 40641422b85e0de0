"""One student's process as the referee sees it: asked, timed, stopped, started again."""

import contextlib
import re
import time

from em_grader.sandbox import random_state, serialization
from em_grader.sandbox.referee import answer_errors
from em_grader.sandbox.worker.runtime_check import READY_MADE, public_names, refusal
from em_grader.sanitizer.outputs import sanitize_outputs


class Process:
    """Runs a student's cells and calls the answers in them, within limits.

    A process that ended is started again at the next request, and the cells that it had run
    to their end are run again.

    Parameters
    ----------
    process_client : em_grader.sandbox.process_client.ProcessClient
    limits : em_grader.sandbox.limits.Limits
    budget : Budget
        What the notebook has left.

    Attributes
    ----------
    restarts : int
    """

    def __init__(self, process_client, limits, budget):
        self._nursery, self._limits, self._budget = process_client, limits, budget
        self._child = self._known_random = None
        self._history, self._number, self.restarts = [], 0, -1

    def run(self, source):
        """Run one cell.

        Returns
        -------
        outputs : list of dict
        error : str or None

        Raises
        ------
        TimeLimitExceeded, ProcessEnded, NotSerializable
            The cell cost the process.
        """
        outputs, error = self._run(source)
        self._history.append(source)
        return outputs, error

    def look(self, names):
        """What some names are: ``("function", parameters)`` or ``("value", value)``.

        Raises
        ------
        AnswerError
        """
        if not names:
            return {}
        (found,) = self._ask(
            "look", [sorted(names)], self._limits.call, 1, "looking at the answers"
        )
        right = type(found) is dict and all(
            name in names and type(each) is list and len(each) == 2 and each[0] in _KINDS
            for name, each in found.items()
        )
        if not right:
            self._refuse("an answer of another form than asked for")
        return found

    def call(self, name, arguments, options, seconds, allowed):
        """Call a function of the student's.

        Parameters
        ----------
        name : str
        arguments : list
        options : dict
        seconds : float
        allowed : set of str
            What it may call of the reference.

        Returns
        -------
        result : object
        changed : dict of int to object
            The arguments that it changed in place, as they are now.
        printed : str

        Raises
        ------
        AnswerError
        """
        self._revive()
        now = random_state.state()
        sent = None if now == self._known_random else now
        details = [name, list(arguments), options, sent, sorted(allowed)]
        result, changed, random_after, printed = self._ask("call", details, seconds, 4, name)
        if type(changed) is not dict or type(printed) is not str:
            self._refuse("an answer of another form than asked for")
        self._known_random = now
        if random_after is not None:
            try:
                random_state.restore(random_after)
            except ValueError as error:
                self._refuse(str(error))
            self._known_random = random_after
        return result, changed, printed[: self._limits.output]

    def stop(self):
        """End the process, if there is one."""
        if self._child is not None:
            self._nursery.end(self._child)
            self._child = None

    def _run(self, source):
        outputs, error = self._ask("run", [source], self._limits.cell, 2, "the cell")
        if not (error is None or type(error) is str):
            self._refuse("an answer of another form than asked for")
        try:
            return sanitize_outputs(outputs), error
        except serialization.SerializationError as problem:
            self._refuse(str(problem))

    def _revive(self):
        """Start a process where there is none, and run again what ran to its end."""
        while self._child is None:
            self._budget.check()
            self._child, self._known_random = self._nursery.student(self._limits), None
            self.restarts += 1
            for source in list(self._history):
                try:
                    self._run(source)
                except answer_errors.AnswerError:
                    self._history.remove(source)
                    if self._child is None:
                        break

    def _ask(self, request, details, seconds, size, what):
        """Send a request and wait for its reply; whatever is wrong with it costs the process."""
        self._revive()
        self._budget.check()
        self._number += 1
        try:
            frame = serialization.pack([self._number, request, *details])
        except serialization.SerializationError as error:
            raise TypeError(f"a test passed what cannot be handed to an answer: {error}") from None
        try:
            reply = self._exchange(frame, seconds)
            if type(reply) is not list or [type(each) for each in reply[:2]] != [int, str]:
                raise serialization.SerializationError("not a reply")
            if reply[0] != self._number:
                raise serialization.SerializationError("not a reply to what was asked")
            if reply[1] == "raised":
                self._raise(reply[2:])
            if reply[1] != "done" or len(reply) != size + 2:
                raise serialization.SerializationError("a reply of another form than asked for")
        except TimeoutError:
            self.stop()
            raise answer_errors.TimeLimitExceeded(
                f"{what} ran longer than the {seconds:g} s that are allowed and was stopped; "
                f"look for a loop that does not end."
            ) from None
        except (EOFError, ConnectionError):
            status, self._child = self._nursery.ended(self._child), None
            raise answer_errors.ended(status, self._limits) from None
        except serialization.SerializationError as error:
            self._refuse(str(error))
        return reply[2:]

    def _exchange(self, frame, seconds):
        with self._budget.spending(seconds) as seconds:
            sock, end = self._child.socket, time.monotonic() + seconds
            sock.settimeout(seconds)
            sock.sendall(frame)
            return serialization.receive(_Until(sock, end))

    def _raise(self, said):
        right = len(said) == 4 and type(said[0]) is str and said[0].isidentifier()
        if not right or type(said[2]) is not str or len(said[2]) > 2000:
            raise serialization.SerializationError("an exception of another form than asked for")
        name, bases, message, lines = said
        if type(bases) is not list or type(lines) is not list or len(bases) + len(lines) > 40:
            raise serialization.SerializationError("an exception of another form than asked for")
        if name == "SerializationError":
            raise answer_errors.NotSerializable(_NO_DATA)
        if name == "ReferenceCalled":
            raise answer_errors.ReferenceUsed(_refusal(message))
        told = "MemoryError" in (name, *bases)
        if told:
            name, message = (
                "MemoryError",
                (
                    f"it may take {self._limits.memory / 2**30:.3g} GB of memory beyond what "
                    f"Python itself takes."
                ),
            )
        lines = [each for each in lines if type(each) is list and len(each) == 3]
        raise answer_errors.raised(name, [str(each) for each in bases], message, lines, told)

    def _refuse(self, why):
        self.stop()
        raise answer_errors.NotSerializable(
            f"the process that runs the answers did not reply properly: {why}."
        )


_KINDS = ("function", "value")
_NO_DATA = (
    f"what it returned cannot be handed over: it is over the limit of "
    f"{serialization.LARGEST_FRAME >> 20} MB ({serialization.LARGEST_TREE >> 20} MB in lists), "
    f"has over "
    f"{serialization.MOST_KEYS} keys, or is nested deeper than {serialization.DEEPEST} levels."
)


def _refusal(message):
    """A refusal anew, since the other process could have said anything in its name."""
    name = re.match(r"the answer calls (\w{1,40}),", message)
    known = name and (name[1] in READY_MADE or name[1] in public_names())
    return refusal(name[1] if known else "the reference")


class Budget:
    """The time that all of one notebook's cells and calls may take together.

    Parameters
    ----------
    seconds : float
    """

    def __init__(self, seconds):
        self._all = self._left = seconds

    def check(self):
        """See that there is some left.

        Raises
        ------
        TimeLimitExceeded
        """
        if self._left <= 0:
            raise answer_errors.TimeLimitExceeded(
                f"the cells and answers of this notebook took more than the {self._all:g} s that "
                f"are allowed for all of it."
            )

    @contextlib.contextmanager
    def spending(self, most):
        """Take off what the body takes; gives how long it may."""
        since = time.monotonic()
        try:
            yield max(0.01, min(most, self._left))
        finally:
            self._left -= time.monotonic() - since


class _Until:
    """A socket whose reads all end by one moment, however slowly bytes come."""

    def __init__(self, sock, end):
        self._sock, self._end = sock, end

    def recv(self, size):
        """Read, or raise TimeoutError."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._sock.recv(size)
