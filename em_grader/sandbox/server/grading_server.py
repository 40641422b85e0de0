"""Submit notebooks to the sandbox's processes on this machine, and wait for their results."""

import os
import threading
from collections.abc import Sequence
from typing import Any

from em_authoring.known_answers import KnownAnswers
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.message_types import Cell
from em_grader.sandbox.server.fork_server_launcher import ForkServerProcess, NoSandbox
from em_grader.sandbox.server.lesson_workers import GradingJob, LessonWorkers, shared_lesson_data


class Server:
    """Grades notebooks, each by a trusted grader with the student's cells in a sandbox.

    ``level``, ``reports`` and the errors are those of ``ForkServerProcess``.

    Attributes
    ----------
    capacity : int
        How many notebooks it runs at a time.
    """

    def __init__(self, level: str = "auto") -> None:
        self._fork_server = ForkServerProcess(level)
        self.level, self.reports = self._fork_server.level, self._fork_server.reports
        self.capacity = os.cpu_count() or 1
        self._workers = LessonWorkers(shared_lesson_data([]), self._fork_server.client)
        self._changing_lesson = threading.Lock()

    def submit(
        self,
        cells: Sequence[Cell],
        limits: Limits | None = None,
        include_provided: bool = True,
        known_answers: KnownAnswers | None = None,
    ) -> GradingJob:
        """Start grading a notebook.

        Parameters
        ----------
        cells : sequence of Cell
            As ``em_grader.submissions.cell_roles.describe_cells`` makes them.
        include_provided : bool
            Whether the result has the outputs of the lesson's own cells, too.
        known_answers : KnownAnswers, optional
            The lesson's, for their hints; sent to each lesson worker once.
        """
        limits = limits or Limits()
        workers = self._workers_for(cells, known_answers)
        provided = workers.provided_outputs(limits) if include_provided else None
        return workers.start("grade", cells, limits, provided)

    def explain(
        self,
        cells: Sequence[Cell],
        limits: Limits | None = None,
        known_answers: KnownAnswers | None = None,
    ) -> Any:
        """Grade a notebook and tell the instructor the details of each failed hidden test.

        The result is that of ``GradingJob``; its details must not be shown to students.
        """
        workers = self._workers_for(cells, known_answers)
        return workers.start("explain", cells, limits or Limits()).result()

    def alive(self) -> bool:
        """Return whether the fork server still runs."""
        return self._fork_server.alive()

    def stop(self) -> None:
        """End the fork server and everything that it started."""
        self._fork_server.stop()

    def _workers_for(
        self, cells: Sequence[Cell], known_answers: KnownAnswers | None
    ) -> LessonWorkers:
        """Return the workers of a notebook's lesson; those of another lesson are ended."""
        lesson = shared_lesson_data(cells, known_answers)
        with self._changing_lesson:
            if lesson != self._workers.lesson:
                self._workers.close()
                self._workers = LessonWorkers(lesson, self._fork_server.client)
            return self._workers


_SERVERS: dict[str, Server | NoSandbox] = {}
_STARTING = threading.Lock()


def shared_server(level: str) -> Server:
    """Return this process's grading server for a sandbox level; start it at the first call.

    Formgrader's process grades many times.

    Raises
    ------
    NoSandbox
        No sandbox holds; this is tested once per process.
    """
    with _STARTING:
        server = _SERVERS.get(level)
        if isinstance(server, NoSandbox):
            raise server
        if server is None or not server.alive():
            try:
                server = _SERVERS[level] = Server(level)
            except NoSandbox as error:
                _SERVERS[level] = error
                raise
        return server
