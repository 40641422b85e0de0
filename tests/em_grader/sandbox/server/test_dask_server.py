"""A Dask cluster that cannot be used says why, and one that fails costs its notebook alone."""

import pytest
from distributed import Client, LocalCluster

from em_grader.sandbox.server import dask_server
from em_grader.sandbox.server.dask_server import (
    DaskJob,
    DaskServer,
    _refuse_other_versions,
    _version,
)


def test_a_scheduler_without_workers_is_told_apart_from_none(monkeypatch):
    options = {"n_workers": 0, "processes": False, "dashboard_address": None}
    with LocalCluster(**options) as scheduler, Client(scheduler) as client:
        monkeypatch.setattr(dask_server, "Client", lambda address, **options: client)
        with pytest.raises(ValueError, match=r"at tcp://x has no workers: start one beside it"):
            DaskServer("tcp://x")


def test_workers_of_another_version_are_named():
    _refuse_other_versions({"tcp://one": _version(), "tcp://two": _version()})
    with pytest.raises(
        ValueError, match=r"^2 of 3 workers have another .* install this version on b"
    ):
        _refuse_other_versions({"c": "1", "a": _version(), "b": "2"})


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (RuntimeError("the trusted grader failed: x"), "^the trusted grader failed: x"),
        (KeyError("worker"), "^the cluster failed: KeyError: 'worker'"),
        (TimeoutError("gone"), "^the cluster failed: TimeoutError: gone"),
    ],
)
def test_whatever_fails_on_a_worker_is_a_failure_of_that_notebook(error, message):
    class Future:
        def result(self):
            raise error

    with pytest.raises(RuntimeError, match=message):
        DaskJob(Future()).result()
