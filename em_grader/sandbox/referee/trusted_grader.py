"""The trusted process that takes one notebook through: it runs the tests and no student's code.

A process of the student's is at its side. In it every cell runs in the notebook's order, as it
would for the student, and its outputs are kept; the visible checks ask it. Hidden tests ask when
all cells have run: so nothing that they hand to an answer can be printed by a later cell. Where
later cells may have changed an earlier answer, as ``order`` tells, hidden tests ask a second
process, which runs the cells once more and is asked midway; its outputs nobody sees.
Where a test is lost, another, without a line of the student's, runs the listed wrong answers.
"""

import contextlib
import gc
import io
import os
import signal
import socket
import traceback

from em_grader.sandbox import random_state, serialization
from em_grader.sandbox.jail.syscalls import prctl
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.referee import answer_errors, cell_names, misconceptions
from em_grader.sandbox.referee.failure_details import details
from em_grader.sandbox.referee.order_independence import settled
from em_grader.sandbox.referee.provided_cells import ProvidedCells
from em_grader.sandbox.referee.proxy import AnswerProxy, Clock
from em_grader.sandbox.referee.safe_messages import Written
from em_grader.sandbox.referee.static_check import find_reference_call
from em_grader.sandbox.referee.student_process import Budget, Process
from em_grader.sandbox.referee.test_execution import compiled, quiet, run
from em_grader.sandbox.referee.verdicts import earned, failed
from em_grader.sandbox.worker.shell import CUT

ROOM = serialization.LARGEST_TREE * 3 // 4
"""Bytes that all the outputs of one notebook may take, as they travel."""


def serve(sock, process_client):
    """Read a lesson, then fork a referee for one notebook after another.

    What is read off the lesson's source is read once; whatever a notebook brings stays in the
    process that was forked for it.

    Parameters
    ----------
    sock : socket.socket
        To the coordinator, which sends the lesson's cells, and then for each wish ``want``,
        ``cells`` and ``limits``.
    process_client : em_grader.sandbox.process_client.ProcessClient
    """
    _read(serialization.receive(sock))
    gc.collect()
    gc.freeze()
    while sock.recv(1, socket.MSG_PEEK):
        child = os.fork()
        if child == 0:
            prctl(1, signal.SIGKILL)
            _fulfil(sock, process_client)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            break
    os._exit(0)


def _read(lesson):
    """Whatever remembers what it read off a source does so here, before the fork."""
    given = ProvidedCells(lesson)
    settled(lesson, given.closed - given.needed())
    code = tuple(each["source"] for each in lesson if each["kind"] in _CODE)
    find_reference_call("", code, frozenset())
    for cell in lesson:
        if cell["kind"] in ("check", "test"):
            cell_names.wanted(cell["source"])
            with contextlib.suppress(SyntaxError, ValueError):
                compiled(cell["source"])


def _fulfil(sock, process_client):
    try:
        wish = serialization.receive(sock)
        referee = TrustedGrader(wish["cells"], Limits(**wish["limits"]), process_client)
        answer = ["done", _WISHES[wish["want"]](referee)]
    except BaseException:
        answer = ["failed", traceback.format_exc()]
    serialization.send(sock, answer)


class TrustedGrader:
    """Grades one notebook.

    Parameters
    ----------
    cells : list of dict
        As ``cell_roles.describe_cells`` makes them.
    limits : em_grader.sandbox.limits.Limits
    process_client : em_grader.sandbox.process_client.ProcessClient
    """

    def __init__(self, cells, limits, process_client):
        self._cells, self._limits = cells, limits
        budget = Budget(limits.notebook)
        self._shown = Process(process_client, limits, budget)
        self._silent = Process(process_client, limits, budget)
        self._misconceptions = Process(process_client, limits, Budget(limits.notebook))
        self._room = ROOM
        self._given = ProvidedCells(cells)
        self._failures, self._idle, self._lost = {}, set(), {}
        foreign = [each["source"] for each in cells if each["kind"] in ("answer", "added")]
        self._written = Written(foreign)

    def given_outputs(self):
        """Run the cells that are the lesson's alone.

        Returns
        -------
        list
            Their outputs, in order.
        """
        outputs = [self._through(place) for place in sorted(self._given.closed)]
        self._shown.stop()
        return outputs

    def grade(self):
        """Run the student's cells, the tests, and of the lesson's cells what those need.

        Returns
        -------
        dict
            ``outputs`` for each cell, a number for its place in ``given_outputs``;
            ``restarts``, how often a student's process was started again.
        """
        self._idle = self._given.closed - self._given.needed()
        outputs = [self._kept(self._through(place)) for place in range(len(self._cells))]
        asked = self._shown if settled(self._cells, self._idle) else self._silent
        if asked is self._silent:
            self._shown.stop()
        for place, cell in enumerate(self._cells):
            if cell["kind"] == "test":
                outputs[place] = self._test(place, asked)
            elif asked is self._silent and place not in self._failures.keys() | self._idle:
                self._again(place, cell)
        asked.stop()
        self._misconceptions.stop()
        restarts = sum(max(0, each.restarts) for each in (self._shown, self._silent))
        return {"outputs": outputs, "restarts": restarts}

    def explain(self):
        """Grade, and say of each lost test what only the instructor may see.

        Returns
        -------
        dict
            As ``grade``, with ``details``: for each lost test's name what ``details`` gives.
        """
        graded = self.grade()
        return graded | {"details": {name: details(*lost) for name, lost in self._lost.items()}}

    def _kept(self, outputs):
        """Outputs while there is room for them; after that errors, and a remark."""
        if not outputs or isinstance(outputs, int):
            return outputs
        try:
            size = len(serialization.pack(outputs))
        except serialization.SerializationError:
            size = self._room + 1
        if size > self._room:
            remark = {"output_type": "stream", "name": "stdout", "text": CUT}
            return [remark, *(each for each in outputs if each["output_type"] == "error")][:3]
        self._room -= size
        return outputs

    def _through(self, place):
        """The outputs of a cell for the student to see."""
        cell = self._cells[place]
        if place in self._idle:
            return sorted(self._given.closed).index(place)
        if not cell["source"].strip() or cell["kind"] in ("text", "test"):
            return []
        if cell["kind"] == "check":
            outputs = self._test(place, self._shown)
            self._imports_of(cell, self._shown)
            return outputs
        try:
            outputs, _ = self._shown.run(cell["source"])
        except answer_errors.AnswerError as error:
            self._failures[place] = error
            return [failed(error, self._written, hidden=False)]
        return outputs

    def _again(self, place, cell):
        """Run in the silent process what ran in the other."""
        try:
            if cell["kind"] == "check":
                self._imports_of(cell, self._silent)
            elif cell["kind"] != "text" and cell["source"].strip():
                self._silent.run(cell["source"])
        except answer_errors.AnswerError as error:
            self._failures[place] = error

    def _imports_of(self, cell, process):
        """At home a check's imports stay, and later answers may use them."""
        imports = cell_names.only_imports(cell["source"])
        if imports:
            with contextlib.suppress(answer_errors.AnswerError):
                process.run(imports)

    def _test(self, place, process):
        cell = self._cells[place]
        hidden = cell["kind"] == "test"
        printed, calls = io.StringIO(), []
        random_state.seed(cell["name"])
        try:
            with quiet(printed):
                value = run(cell["source"], self._names(place, process, calls))
        except BaseException as error:
            outputs = [failed(error, self._written, hidden)]
            if hidden:
                lost = error, cell["source"], calls, printed.getvalue()[: self._limits.output]
                self._lost[cell["name"]] = lost
                hint = self._hint(place, error, calls)
                outputs[0]["traceback"] += [misconceptions.told(hint)] if hint else []
        else:
            outputs = earned(value, cell["points"]) if cell["points"] else []
        text = "" if hidden else printed.getvalue()[: self._limits.output]
        stream = {"output_type": "stream", "name": "stdout", "text": text}
        return [*([stream] if text else []), *outputs]

    def _hint(self, place, error, calls):
        """What is said to whoever makes the mistake that this answer makes, if it is known."""
        cell, before = self._cells[place], self._cells[:place]
        given = [c["source"] for c in before if c["kind"] == "given"]
        answer = [c["source"] for c in before if (c["kind"], c["name"]) == ("answer", cell["name"])]
        setup, seconds = "".join(given[:1]), self._limits.call
        known = misconceptions.Misconceptions(
            cell["name"],
            cell["wrong_answers"],
            cell["right_answer"],
            setup,
            self._misconceptions,
            seconds,
        )
        law = getattr(error, "law", type(error).__name__)
        asked = [call for call in calls if call.name == cell["name"]]
        return known.hint("".join(answer[-1:]), law, asked)

    def _names(self, place, process, calls):
        """The namespace of a test: given names are the lesson's own, the rest is the student's."""
        cell = self._cells[place]
        answers = self._given.answers(place)
        wanted = cell_names.wanted(cell["source"])
        space = self._given.namespace(wanted - answers, place)
        missing = wanted - set(space)
        found = process.look(missing)
        clock, lent = Clock(self._limits), set(cell["lent"])
        for name in missing:
            if name in answers:
                self._refuse_reference(name, place, lent)
            if name not in found:
                if name in answers or name == cell["name"]:
                    raise self._why_missing(name, place)
                continue
            kind, value = found[name]
            if kind == "function":
                allowed = lent if name in answers else {"*"}
                value = self._parameters(value)
                value = AnswerProxy(name, value, process, clock, allowed, calls)
            space[name] = value
        return space

    def _parameters(self, said):
        """A function's parameters, if their names are the student's: they could hold data."""
        if type(said) is list and all(type(each) is list and len(each) == 2 for each in said):
            known = all(type(name) is str and self._written.knows(name) for name, _ in said)
            return said if known else None
        return None

    def _refuse_reference(self, name, place, lent):
        before = [each for each in self._cells[:place] if each["kind"] in _CODE]
        answer = [each["source"] for each in before if each["name"] == name][-1:]
        others = tuple(each["source"] for each in before)
        refusal = find_reference_call(answer[0], others, frozenset(lent)) if answer else None
        if refusal:
            raise answer_errors.ReferenceUsed(refusal)

    def _why_missing(self, name, place):
        """The fault that kept an answer from being defined, or that it is not."""
        for at in range(place, -1, -1):
            if self._cells[at]["name"] == name and at in self._failures:
                return self._failures[at]
        return answer_errors.raised(
            "NameError",
            [],
            f"{name} is not defined after its cell has run; keep the name and the signature, and "
            f"see that the cell runs without an error.",
            [],
            told=True,
        )


_CODE = ("given", "answer", "added")
_WISHES = {
    "grade": TrustedGrader.grade,
    "given": TrustedGrader.given_outputs,
    "explain": TrustedGrader.explain,
}
