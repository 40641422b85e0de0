"""Grading notebooks on the workers of a Dask cluster.

Only cells are sent to the workers, and only outputs come back. Each worker tests its own sandbox
and has a fork server of its own; the files and the gradebook belong to the grader process alone.
"""

import atexit
import functools
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from distributed import Client, WorkerPlugin

import em_authoring
import em_grader
import em_helpers
from em_authoring.known_answers import KnownAnswers
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.message_types import Cell
from em_grader.sandbox.server.grading_server import shared_server

_SECONDS_TO_ANSWER = 10


class DaskServer:
    """Grades notebooks as ``grading_server.Server`` does, on the workers of a scheduler.

    Parameters
    ----------
    address : str
        The scheduler's, such as ``tcp://10.0.0.1:8786``.
    level : str
        As ``Server`` takes it; each worker tests it on its own machine.

    Attributes
    ----------
    level : str
        The sandbox levels that are used, with the number of workers of each.
    capacity : int
        How many notebooks the workers run at a time.

    Raises
    ------
    NoSandbox
        On one of the workers no sandbox holds.
    ValueError
        No scheduler answers at that address, there are no workers, or a worker has another version
        of the course's packages.
    """

    def __init__(self, address: str, level: str = "auto") -> None:
        try:
            self._client = Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise ValueError(f"no Dask scheduler answers at {address}: {error}") from None
        atexit.register(self._client.close)
        self._level = level
        self._known_answers: tuple[KnownAnswers | None, Any] | None = None
        self.capacity = sum(self._client.nthreads().values())
        if not self.capacity:
            raise ValueError(f"the scheduler at {address} has no workers: start one beside it.")
        self._client.register_plugin(_StartServer(level), name=f"em-grade-{level}")
        _refuse_other_versions(self._client.run(_version))
        levels = Counter(self._client.run(_level, level).values())
        self.level = ", ".join(f"{name} on {count}" for name, count in sorted(levels.items()))

    def submit(
        self,
        cells: Sequence[Cell],
        limits: Limits | None = None,
        known_answers: KnownAnswers | None = None,
    ) -> "DaskJob":
        """Start grading a notebook on some worker; known answers are sent to the workers once."""
        if self._known_answers is None or self._known_answers[0] != known_answers:
            (future,) = self._client.scatter([known_answers], broadcast=True)
            self._known_answers = known_answers, future
        arguments = cells, asdict(limits or Limits()), self._level, self._known_answers[1]
        return DaskJob(self._client.submit(_grade, *arguments, pure=False))

    def alive(self) -> bool:
        """Return whether the scheduler still answers."""
        return self._client.status == "running"


class DaskJob:
    """A notebook that a worker is grading; ``result`` waits for it."""

    def __init__(self, future: Any) -> None:
        self._future = future

    def result(self) -> Any:
        """Wait for the result, which is that of ``GradingJob.result``.

        Raises
        ------
        RuntimeError
            The worker failed, or the cluster is gone.
        """
        try:
            return self._future.result()
        except RuntimeError:
            raise
        except Exception as error:
            raise RuntimeError(f"the cluster failed: {type(error).__name__}: {error}") from error


class _StartServer(WorkerPlugin):
    """Starts a worker's fork server on the thread that lives as long as the worker.

    A fork server ends with the thread that started it.
    """

    def __init__(self, level: str) -> None:
        self._level = level

    def setup(self, worker: Any) -> None:
        shared_server(self._level)


def _grade(
    cells: Sequence[Cell],
    limits: dict[str, Any],
    level: str,
    known_answers: KnownAnswers | None,
) -> Any:
    job = shared_server(level).submit(cells, Limits(**limits), known_answers=known_answers)
    return job.result()


def _level(level: str) -> str:
    return shared_server(level).level


@functools.cache
def _version() -> str:
    """Return a digest of the three packages' source."""
    digest = hashlib.sha256()
    for package in (em_helpers, em_authoring, em_grader):
        assert package.__file__ is not None
        root = Path(package.__file__).parent
        for path in sorted(root.rglob("*.py")):
            digest.update(str(path.relative_to(root.parent)).encode() + path.read_bytes())
    return digest.hexdigest()


def _refuse_other_versions(versions: Mapping[str, str]) -> None:
    different = sorted(worker for worker, version in versions.items() if version != _version())
    if different:
        raise ValueError(
            f"{len(different)} of {len(versions)} workers have another version of em_helpers, "
            f"em_authoring or em_grader, so their grades could differ: install this version on "
            f"{different[0]}."
        )


@functools.cache
def shared_dask_server(address: str, level: str) -> DaskServer:
    """Return this process's connection to the cluster at an address; connect at the first call."""
    return DaskServer(address, level)
