"""The processes that have loaded one lesson's tests, and the notebooks that they are grading."""

import contextlib
import select
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from em_authoring.known_answers import KnownAnswers
from em_grader.sandbox import serialization
from em_grader.sandbox.fork_server_client import Child, ProcessClient
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.message_types import Cell, Lesson, WrongAnswer


class _Job(Protocol):
    def result(self) -> Any: ...


class ProvidedOutputs:
    """The outputs of a lesson's provided cells, run beside the first notebook.

    ``start`` starts a job whose result is these outputs.
    """

    def __init__(self, start: Callable[[], _Job]) -> None:
        self._start = start
        self._job: _Job | None = start()
        self._outputs: list[Any] | None = None
        self._lock = threading.Lock()

    def outputs(self) -> list[Any]:
        """Wait for the outputs of each cell, in order.

        Raises
        ------
        RuntimeError
            The trusted grader failed; the next call starts it again.
        """
        with self._lock:
            if self._outputs is not None:
                return self._outputs
            job, self._job = self._job or self._start(), None
            outputs: list[Any] = job.result()
            self._outputs = outputs
            return outputs


class GradingJob:
    """A notebook that a lesson worker is grading; ``result`` waits for it.

    ``give_back`` is called with the worker, and whether it can grade another notebook. The outputs
    of the lesson's own cells are filled in if ``provided`` is given.
    """

    def __init__(
        self,
        worker: Child,
        give_back: Callable[[Child, bool], None],
        provided: ProvidedOutputs | None = None,
    ) -> None:
        self._worker, self._give_back, self._provided = worker, give_back, provided

    def result(self) -> Any:
        """Wait for the result.

        Returns
        -------
        dict
            ``outputs``: for each cell a list of outputs in nbformat's form;
            ``results``: for each hidden test an ``ExerciseResult`` as data;
            ``restarts``: how often a student's process was started again.

        Raises
        ------
        RuntimeError
            The trusted grader failed, which no answer should be able to cause.
        """
        try:
            status, value = serialization.receive(self._worker.socket)
        except (EOFError, ConnectionError):
            status, value = "failed", "its process ended."
        self._give_back(self._worker, status == "done")
        if status != "done":
            raise RuntimeError(f"the trusted grader failed: {value}")
        if self._provided is not None:
            provided = self._provided.outputs()
            value["outputs"] = [
                provided[outputs] if isinstance(outputs, int) else outputs
                for outputs in value["outputs"]
            ]
        return value


class LessonWorkers:
    """Starts the jobs of one lesson, and keeps its workers while there are notebooks for them."""

    def __init__(self, lesson: Lesson, process_client: ProcessClient) -> None:
        self.lesson, self._client = lesson, process_client
        self._provided: dict[Limits, ProvidedOutputs] = {}
        self._idle: deque[Child] = deque()
        self._closed = False
        self._starting_provided, self._closing = threading.Lock(), threading.Lock()

    def provided_outputs(self, limits: Limits) -> ProvidedOutputs:
        """Return the outputs of the lesson's own cells; start running them at the first call."""
        with self._starting_provided:
            if limits not in self._provided:
                self._provided[limits] = ProvidedOutputs(
                    lambda: self.start("provided", self.lesson["cells"], limits)
                )
            return self._provided[limits]

    def start(
        self,
        kind: str,
        cells: Sequence[Cell],
        limits: Limits,
        provided: ProvidedOutputs | None = None,
    ) -> GradingJob:
        """Have a worker fork a trusted grader for some cells.

        The kind says what the grader is to do: ``grade``, ``explain`` or ``provided``.
        """
        worker = self._idle_worker()
        request = {"kind": kind, "cells": cells, "limits": asdict(limits)}
        serialization.send(worker.socket, request)
        return GradingJob(worker, self._take_back, provided)

    def close(self) -> None:
        """End the workers; those that are still grading end when they are done."""
        with self._closing:
            self._closed = True
            while self._idle:
                self._client.end(self._idle.popleft())

    def _idle_worker(self) -> Child:
        with contextlib.suppress(IndexError):
            worker = self._idle.pop()
            if not select.select([worker.socket], [], [], 0)[0]:
                return worker
            # An idle worker has nothing to say; its socket is readable because it has ended.
            self._client.end(worker)
        worker = self._client.start_lesson_worker()
        serialization.send(worker.socket, self.lesson)
        return worker

    def _take_back(self, worker: Child, usable: bool) -> None:
        with self._closing:
            if usable and not self._closed:
                self._idle.append(worker)
                return
        self._client.end(worker)


def shared_lesson_data(cells: Sequence[Cell], known_answers: KnownAnswers | None = None) -> Lesson:
    """Select what is the same for every student from the cells of a notebook.

    The student's own cells are left out, and answers are left empty.
    """
    selected: list[Cell] = []
    for cell in cells:
        if cell["kind"] == "answer":
            selected.append({**cell, "source": ""})
        elif cell["kind"] in ("provided", "check", "test"):
            selected.append(cell)
    known_answers = known_answers or KnownAnswers()
    wrong: list[WrongAnswer] = [
        {"exercise": each.exercise, "source": each.source, "law": each.law, "hint": each.hint}
        for each in known_answers.wrong
    ]
    right: dict[str, str] = {}
    for right_answer in known_answers.right:
        right.setdefault(right_answer.exercise, right_answer.source)
    return {"cells": selected, "known_answers": {"wrong": wrong, "right": right}}
