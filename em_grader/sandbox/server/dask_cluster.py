"""Grading on the machines of a Dask cluster: what ``server.Server`` does, behind an address.

Only cells go out and only outputs come back. Each worker tries its own sandbox, with a fork server
of its own; files and gradebook are the coordinator's alone.
"""

import atexit
import functools
import hashlib
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from distributed import Client, WorkerPlugin

import em_authoring
import em_grader
import em_helpers
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.server.grading_server import running

_PATIENCE = 10
"""Seconds that the scheduler may take to answer."""


class Cluster:
    """Grades notebooks on the workers of a scheduler.

    Parameters
    ----------
    address : str
        As in ``tcp://10.0.0.1:8786``.
    level : str
        As ``Server`` takes it; each worker tries it on its machine.

    Attributes
    ----------
    level : str
        The jails that are used, with the number of workers of each.
    places : int
        How many notebooks the workers run at one time.

    Raises
    ------
    NoSandbox
        On one of the workers none holds.
    ValueError
        Nobody answers at that address, there are no workers, or they have another version of
        ``em_helpers``.
    """

    def __init__(self, address, level="auto"):
        try:
            self._client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise ValueError(f"no Dask scheduler answers at {address}: {error}") from None
        atexit.register(self._client.close)
        self._level = level
        self.places = sum(self._client.nthreads().values())
        if not self.places:
            raise ValueError(f"the scheduler at {address} has no workers: start one beside it.")
        self._client.register_plugin(_Ready(level), name=f"em-grade-{level}")
        self._compare(self._client.run(_version))
        levels = Counter(self._client.run(_level, level).values())
        self.level = ", ".join(f"{name} on {count}" for name, count in sorted(levels.items()))

    def submit(self, cells, limits=None):
        """Start grading a notebook on some worker.

        Parameters
        ----------
        cells : list of dict
            As ``cell_roles.describe_cells`` makes them.
        limits : Limits, optional

        Returns
        -------
        RemoteJob
        """
        limits = asdict(limits or Limits())
        return RemoteJob(self._client.submit(_graded, cells, limits, self._level, pure=False))

    def alive(self):
        """Whether the scheduler is still there."""
        return self._client.status == "running"

    def _compare(self, versions):
        other = sorted(worker for worker, each in versions.items() if each != _version())
        if other:
            raise ValueError(
                f"{len(other)} of {len(versions)} workers have another version of em_helpers, and "
                f"their grades could differ: install this one on {other[0]}."
            )


class RemoteJob:
    """A notebook on its way: ``result`` waits for it."""

    def __init__(self, future):
        self._future = future

    def result(self):
        """The outcome, as ``server.Job.result`` gives it.

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


class _Ready(WorkerPlugin):
    """Has each worker try its sandbox once, on the thread that lives as long as the worker.

    A fork server ends with the thread that started it.
    """

    def __init__(self, level):
        self._level = level

    def setup(self, worker):
        running(self._level)


def _graded(cells, limits, level):
    return running(level).submit(cells, Limits(**limits)).result()


def _level(level):
    return running(level).level


@functools.cache
def _version():
    """A digest of the code that grades, which tests compare answers with."""
    digest = hashlib.sha256()
    for package in (em_helpers, em_authoring, em_grader):
        root = Path(package.__file__).parent
        for path in sorted(root.rglob("*.py")):
            digest.update(str(path.relative_to(root.parent)).encode() + path.read_bytes())
    return digest.hexdigest()


@functools.cache
def connected(address, level):
    """The cluster at an address, connected to once a process.

    Raises
    ------
    NoSandbox, ValueError
    """
    return Cluster(address, level)
