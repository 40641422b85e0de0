"""The lesson workers that have read one lesson, each used for one notebook after another."""

import contextlib
import select
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict

from em_authoring.wrong_answers import KnownAnswers
from em_grader.sandbox import serialization
from em_grader.sandbox.lesson_data import Cell, Lesson, WrongAnswer
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.process_client import Child, ProcessClient
from em_grader.sandbox.server.grading_job import GradingJob
from em_grader.sandbox.server.provided_outputs import ProvidedOutputs


class LessonWorkers:
    """Starts the jobs of one lesson, and keeps its workers while there are notebooks for them.

    Parameters
    ----------
    lesson : Lesson
        As ``lesson_data_of`` returns it.
    process_client : ProcessClient

    Attributes
    ----------
    lesson : Lesson
    """

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

        Parameters
        ----------
        kind : str
            What the trusted grader is to do: ``grade``, ``explain`` or ``provided``.
        cells : sequence of Cell
        limits : Limits
        provided : ProvidedOutputs, optional
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


def lesson_data_of(cells: Sequence[Cell], known_answers: KnownAnswers | None = None) -> Lesson:
    """Select what is the same for every student from the cells of a notebook.

    Parameters
    ----------
    cells : sequence of Cell
        Those of the student are left out, and answers are left empty.
    known_answers : em_authoring.wrong_answers.KnownAnswers, optional
        The lesson's.
    """
    selected: list[Cell] = []
    for cell in cells:
        if cell["kind"] == "answer":
            selected.append({**cell, "source": ""})
        elif cell["kind"] in ("provided", "check", "test"):
            selected.append(cell)
    wrong: list[WrongAnswer] = []
    right: dict[str, str] = {}
    if known_answers is not None:
        for answer in known_answers.wrong:
            wrong.append(
                {
                    "exercise": answer.exercise,
                    "source": answer.source,
                    "law": answer.law,
                    "hint": answer.hint,
                }
            )
        for right_answer in known_answers.right:
            right.setdefault(right_answer.exercise, right_answer.source)
    return {"cells": selected, "known_answers": {"wrong": wrong, "right": right}}
