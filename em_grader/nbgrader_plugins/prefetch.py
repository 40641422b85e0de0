"""Grading the submissions that nbgrader will come to next, while it is busy with one.

nbgrader reads, writes and stores points one submission at a time. A prefetcher rebuilds the next
submissions in memory with nbgrader's own exporter and preprocessors, and has the sandbox grade
them. nbgrader then gets the rebuilt notebook if the file has not changed since, and the result if
it comes with the very same cells of the same student; else both are made anew.
"""

import contextlib
import hashlib
import json
import os
import re
import weakref
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbgrader.converters import Autograde

from em_authoring.known_answers import KnownAnswers
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.message_types import Cell
from em_grader.submissions import cell_roles

_PREFETCHERS: weakref.WeakKeyDictionary[Autograde, "Prefetcher"] = weakref.WeakKeyDictionary()

_Key = tuple[str, str]
"""A student and the digest of a notebook's cells."""
_FileState = tuple[int, int, int]
"""Inode, size and time of a file, which change when the file does."""
_Rebuilt = tuple[str, ResourcesDict]
"""A notebook's text and resources, as an exporter returns them."""


class Job(Protocol):
    """A notebook that is being graded."""

    def result(self) -> dict[str, Any]:
        """Wait for the result."""


class GradingServer(Protocol):
    """What grades notebooks: ``grading_server.Server`` or ``dask_server.DaskServer``."""

    def submit(
        self, cells: Sequence[Cell], limits: Limits, *, known_answers: KnownAnswers | None
    ) -> Job:
        """Start grading a notebook."""


class Prefetcher:
    """Grades the notebooks of one run of ``nbgrader autograde`` ahead of nbgrader.

    ``jobs`` is the number of notebooks at a time. Where a preprocessor is used by itself there is
    no converter, and nothing is prefetched.
    """

    def __init__(
        self,
        converter: Autograde | None,
        server: GradingServer,
        limits: Limits,
        jobs: int,
        known_answers: KnownAnswers | None = None,
    ) -> None:
        self._converter: Any = weakref.proxy(converter) if converter is not None else None
        self.server, self._limits, self._max_jobs = server, limits, jobs
        self._known_answers = known_answers
        self._jobs: dict[_Key, Job] = {}
        self._rebuilt: dict[str, tuple[_FileState, _Rebuilt]] = {}
        self._exporter: Any = None
        prefetches = converter is not None and jobs > 1
        self._upcoming = list(self._planned()) if prefetches else []

    def result(self, notebook: nbformat.NotebookNode, student: str) -> dict[str, Any]:
        """Return the result of the notebook that nbgrader has come to, as ``GradingJob.result``
        does.

        Raises ``RuntimeError`` if the grader itself failed on this notebook twice.
        """
        cells = cell_roles.describe_cells(notebook)
        self._upcoming = _after(self._upcoming, student)
        job = self._jobs.pop(_key(student, cells), None) or self._submit(cells)
        self._start_jobs()
        try:
            return job.result()
        except RuntimeError:
            return self._submit(cells).result()

    def pop_rebuilt(self, path: str) -> _Rebuilt | None:
        """Return what the exporter has made of a submission, once, if its file has not changed."""
        if path not in self._rebuilt:
            return None
        state, rebuilt = self._rebuilt.pop(path)
        return rebuilt if state == _file_state(path) else None

    def _submit(self, cells: list[Cell]) -> Job:
        return self.server.submit(cells, self._limits, known_answers=self._known_answers)

    def _start_jobs(self) -> None:
        while self._upcoming and len(self._jobs) < self._max_jobs:
            student, path = self._upcoming.pop(0)
            # What fails here fails again, and is reported, when nbgrader comes to it.
            with contextlib.suppress(Exception):
                cells = cell_roles.describe_cells(self._rebuild(path))
                key = _key(student, cells)
                if key not in self._jobs:
                    self._jobs[key] = self._submit(cells)

    def _planned(self) -> Iterator[tuple[str, str]]:
        """Yield student and path of each notebook that nbgrader will come to, in its order."""
        converter = self._converter
        with self._sanitizing():
            pattern = converter._format_source("(?P<assignment>.*)", "(?P<student>.*)", escape=True)
            for folder in sorted(converter.assignments):
                match = re.match(pattern, folder)
                if match and not self._is_skipped(match["assignment"], match["student"]):
                    for path in sorted(converter.assignments[folder]):
                        yield match["student"], path

    def _is_skipped(self, assignment: str, student: str) -> bool:
        """Return whether nbgrader leaves a submission as it was graded before."""
        converter = self._converter
        graded = os.path.normpath(converter._format_dest(assignment, student))
        if converter.force or not os.path.exists(graded):
            return False
        submitted = converter._format_source(assignment, student)
        new = converter.coursedir.get_existing_timestamp(submitted)
        old = converter.coursedir.get_existing_timestamp(graded)
        return not (new and old and new > old)

    def _rebuild(self, path: str) -> nbformat.NotebookNode:
        """Return what nbgrader's first pass will make of a submission."""
        converter = self._converter
        if self._exporter is None:
            self._exporter = converter.exporter_class(parent=converter, config=converter.config)
            self._exporter._preprocessors = []
            for preprocessor in converter.sanitize_preprocessors:
                self._exporter.register_preprocessor(preprocessor)
        with self._sanitizing():
            resources = converter.init_single_notebook_resources(path)
            state = _file_state(path)
            rebuilt = self._exporter.from_filename(path, resources=resources)
        self._rebuilt[path] = state, rebuilt
        return nbformat.reads(rebuilt[0], as_version=4)

    @contextlib.contextmanager
    def _sanitizing(self) -> Iterator[None]:
        """Have the converter use the folders of nbgrader's first pass."""
        converter = self._converter
        before, converter._sanitizing = converter._sanitizing, True
        try:
            yield
        finally:
            converter._sanitizing = before


def prefetcher_for(
    converter: Autograde | None,
    server: GradingServer,
    limits: Limits,
    jobs: int,
    known_answers: KnownAnswers | None = None,
) -> Prefetcher:
    """Return the prefetcher of a run of nbgrader; make it at the first call."""
    if converter is None:
        return Prefetcher(None, server, limits, jobs, known_answers)
    if converter not in _PREFETCHERS or _PREFETCHERS[converter].server is not server:
        _PREFETCHERS[converter] = Prefetcher(converter, server, limits, jobs, known_answers)
    return _PREFETCHERS[converter]


def pop_rebuilt(converter: Autograde, path: str) -> _Rebuilt | None:
    """Return what a run's prefetcher has made of a submission, once, or None."""
    return _PREFETCHERS[converter].pop_rebuilt(path) if converter in _PREFETCHERS else None


def _after(upcoming: list[tuple[str, str]], student: str) -> list[tuple[str, str]]:
    """Drop everything up to a student's last notebook, where the student is in the list."""
    indices = [index for index, (name, _) in enumerate(upcoming) if name == student]
    return upcoming[indices[-1] + 1 :] if indices else upcoming


def _file_state(path: str) -> _FileState:
    status = os.stat(path)
    return status.st_ino, status.st_size, status.st_mtime_ns


def _key(student: str, cells: list[Cell]) -> _Key:
    text = json.dumps(cells, sort_keys=True)
    return student, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
