"""A class graded by two workers of a Dask cluster: the gradebook of one submission at a time."""

import pytest
from distributed import Client, LocalCluster, WorkerPlugin

from em_grader import cli
from tests.support.course_contents import (
    autograded_files,
    copy_course,
    create_course,
    gradebook_rows,
)
from tests.support.doubling_lesson import ANSWERS, RIGHT

pytestmark = pytest.mark.slow

DRAWS = {"double": "def double(x):\n    return x + np.random.normal()"}
PLOTS = {"halve": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\ndef halve(x):\n    return x"}
CLASS = ANSWERS | {"draws": RIGHT | DRAWS, "plots": RIGHT | PLOTS, "torn": b"\x89PNG\xff"}


@pytest.fixture(scope="module")
def workers():
    """A client of two worker processes that count what they do."""
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(processes=True, **options) as cluster, Client(cluster) as client:
        client.register_plugin(Counts(), name="counts")
        yield client


class Counts(WorkerPlugin):
    """Record the tasks that a worker has run; data that it received do not count."""

    def setup(self, worker):
        self.done = set()

    def transition(self, key, start, finish, **details):
        if (start, finish) == ("executing", "memory"):
            self.done.add(key)


def test_a_cluster_leaves_the_same_gradebook_and_files(small_lesson, workers, tmp_path, capsys):
    course = create_course(small_lesson, tmp_path / "one", CLASS)
    other = copy_course(course, tmp_path / "cluster")
    assert cli.main(["09-doubling", f"--course={course.folder}", "--jobs=1"]) == 0
    where = f"--scheduler={workers.scheduler.address}"
    assert cli.main(["09-doubling", f"--course={other}", where]) == 0, capsys.readouterr().err
    assert gradebook_rows(other) == gradebook_rows(course.folder)
    assert len(gradebook_rows(other)) > 5 * len(CLASS)
    assert autograded_files(other) == autograded_files(course.folder)
    log = (other / "em-grade.log").read_text("utf-8")
    assert " on 2, " in log
    assert graded_by(workers) == len(CLASS)


def graded_by(workers):
    """How many submissions the workers have run; none of them ran nothing."""
    counts = workers.run(lambda dask_worker: len(dask_worker.plugins["counts"].done))
    assert all(counts.values())
    return sum(counts.values())


def test_where_no_scheduler_answers_nothing_is_touched(small_lesson, tmp_path, capsys):
    address = "tcp://127.0.0.1:9"
    course = create_course(small_lesson, tmp_path / "course", {"right": RIGHT})
    graded = course.folder / "autograded" / "right" / "09-doubling"
    graded.mkdir(parents=True)
    (graded / "kept").touch()
    before = gradebook_rows(course.folder)
    assert cli.main(["09-doubling", f"--course={course.folder}", f"--scheduler={address}"]) == 1
    assert f"no Dask scheduler answers at {address}" in capsys.readouterr().err
    assert (graded / "kept").exists()
    assert gradebook_rows(course.folder) == before
