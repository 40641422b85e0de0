"""``em-grade`` is killed (kill -9) at 20 random moments, goes on, and leaves what it would have."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from em_grader import cli
from em_grader.course_lock import exclusive_lock
from tests.support.course_contents import (
    autograded_files,
    copy_course,
    create_course,
    gradebook_rows,
)

pytestmark = pytest.mark.slow

KILLS = 20
GRADING = 0.3
"""A part of the time until the first submission is written in which some more are."""
LESSON = "09-doubling"
RIGHT = {"double": "def double(x):\n    return x + x", "halve": "def halve(x):\n    return x * 0.5"}
CLASS = {
    "ada": RIGHT | {"why": "Because."},
    "bert": RIGHT | {"double": "def double(x):\n    return x + 2"},
    "cleo": RIGHT | {"halve": "import os\ndef halve(x):\n    os._exit(3)"},
    "dora": {},
    "emil": b"\x89PNG\xff",
    "fay": RIGHT | {"double": "import time\ndef double(x):\n    time.sleep(0.5)\n    return 2 * x"},
    "gus": RIGHT | {"double": "def double(x):\n    return x +"},
    "hana": RIGHT,
}


class Run:
    """``em-grade`` in a process group of its own."""

    def __init__(self, folder, temporary, *options):
        command = [sys.executable, "-m", "em_grader.cli", LESSON, f"--course={folder}"]
        self.process = subprocess.Popen(
            [*command, "--jobs=2", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"TMPDIR": str(temporary)},
        )

    def writer(self):
        """nbgrader's process, which writes files and gradebook, if it is there."""
        own = self.process.pid
        with contextlib.suppress(FileNotFoundError):
            children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
            return int(children[0]) if children else None

    def until_one_more(self, folder):
        """Wait until a submission more is being written, or the run is over; how long it took."""
        began, before = time.monotonic(), len(list(folder.glob("autograded/*/*")))
        while self.process.poll() is None and len(list(folder.glob("autograded/*/*"))) <= before:
            time.sleep(0.01)
        return time.monotonic() - began

    def kill(self, whom):
        """Kill all of it, or one process whose end must be the end of the others."""
        writer = self.writer()
        if whom == "group":
            os.killpg(self.process.pid, signal.SIGKILL)
        elif whom == "nbgrader" and writer is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(writer, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.wait()


def left(folder):
    """The processes, of whatever user, that were started with a folder in their command."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if os.fsencode(folder) in path.read_bytes():
                found.append(path.parent.name)
    return found


def gone(folder):
    """Whether nothing is left of a run some seconds after its end."""
    until = time.monotonic() + 20
    while left(folder) and time.monotonic() < until:
        time.sleep(0.1)
    return left(folder) == []


@pytest.fixture(scope="module")
def course(small_lesson, tmp_path_factory):
    return create_course(small_lesson, tmp_path_factory.mktemp("class"), CLASS)


@pytest.fixture
def temporary():
    """A folder for temporary files that everybody may pass through."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)
        yield Path(folder)


def test_killed_at_20_random_moments_no_grade_is_lost_doubled_or_changed(
    course, tmp_path, temporary
):
    whole = copy_course(course, tmp_path / "whole")
    stopped = copy_course(course, tmp_path / "stopped")
    started = time.monotonic()
    assert Run(whole, temporary).process.wait() == 0
    lasts = time.monotonic() - started
    wanted, wanted_files = gradebook_rows(whole), autograded_files(whole)

    chance, kills, seen, resume = random.Random(20), 0, set(), []
    while kills < KILLS:
        run, patience = Run(stopped, temporary, *resume), lasts
        if kills % 2:
            patience = run.until_one_more(stopped) * GRADING
        try:
            assert run.process.wait(timeout=chance.uniform(0.05, 1.0) * patience) == 0
        except subprocess.TimeoutExpired:
            run.kill(chance.choice(["group", "em-grade", "nbgrader"]))
            kills += 1
            assert gone(temporary)
            seen.add(len(gradebook_rows(stopped)))
            resume = ["--resume"]
            over = gradebook_rows(stopped) == wanted
        else:
            assert (gradebook_rows(stopped), autograded_files(stopped)) == (wanted, wanted_files)
            over = True
        if over:
            stopped = copy_course(course, tmp_path / f"again-{kills}-{time.monotonic_ns()}")
            resume = []
    assert Run(stopped, temporary, "--resume").process.wait() == 0
    assert gradebook_rows(stopped) == wanted
    assert autograded_files(stopped) == wanted_files
    assert seen - {0, len(wanted)}, "no run was killed half-way"
    assert list(temporary.glob("em-grade-*")) == []


def test_two_at_once_do_not_grade_one_course(course, capsys):
    before = gradebook_rows(course.folder)
    with exclusive_lock(course.folder / "em-grade.log"):
        assert cli.main([LESSON, f"--course={course.folder}"]) == 2
    assert "already grading" in capsys.readouterr().err
    assert gradebook_rows(course.folder) == before
