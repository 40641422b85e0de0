"""Every submission to a lesson, by nbgrader's own command in a process of its own."""

import contextlib
import fcntl
import shutil
import stat
import subprocess
import sys
import time
from dataclasses import dataclass

from tqdm import tqdm

from em_grader import child_process
from em_grader.course_config import configured
from em_grader.gradebook import knows, points, write_csv
from em_grader.nbgrader_plugins.exporter import TIMESTAMP

_PATIENCE = 5
"""Seconds that what is left of a stopped run may take to end."""


@dataclass(frozen=True)
class ExecutionOptions:
    """What grades a class.

    Attributes
    ----------
    sandbox : str
        As ``em_grader.sandbox.Server`` takes it.
    jobs : int
        Submissions at a time; 0 for one a processor.
    scheduler : str
        The address of a Dask scheduler, empty to grade on this machine.
    """

    sandbox: str = "auto"
    jobs: int = 0
    scheduler: str = ""

    def options(self):
        """As nbgrader's commands take them."""
        return [
            f"--SandboxExecute.sandbox={self.sandbox}",
            f"--SandboxExecute.jobs={self.jobs}",
            f"--SandboxExecute.scheduler={self.scheduler}",
        ]


def grade_class(assignment, course, means, table=None, resume=False):
    """Grade all submissions, show how far it is, and write a table.

    Parameters
    ----------
    assignment : str
    course : Path
    means : ExecutionOptions
    table : Path, optional
    resume : bool
        Keep what was graded to its end since the last start without it, unless it was handed in
        anew.

    Returns
    -------
    int
        0 if everything was graded, 1 if not.

    Raises
    ------
    FileNotFoundError
        Nobody has handed anything in, or the gradebook does not know the lesson.
    ValueError
        Another run is grading in this course.
    """
    if not handed_in(course, assignment):
        raise FileNotFoundError(f"{course / 'submitted'} holds no submission to {assignment}.")
    gradebook = configured(course)[1].db_url
    if not knows(gradebook, assignment):
        raise FileNotFoundError(
            f"the gradebook of {course} does not know {assignment}; run nbgrader "
            f"generate_assignment {assignment} there first."
        )
    log, started = course / "em-grade.log", course / f".em-grade-{assignment}"
    with alone(log) as output:
        if not resume:
            started.touch()
        since = started.stat().st_mtime_ns if started.exists() else 0
        for folder in (course / "autograded").glob(f"*/{assignment}") if resume else ():
            if not finished(folder, since):
                shutil.rmtree(folder)
        force = [] if resume else ["--force"]
        status = autograde(assignment, course, [*means.options(), *force], output, course, since)
        if status == 0:
            started.unlink(missing_ok=True)
    if status:
        print(failure_summary(log), file=sys.stderr)
    if table:
        rows = points(gradebook)
        write_csv(table, [row for row in rows if row.lesson == assignment])
    return status


def autograde(assignment, course, options, output, root, since=0):
    """Run ``nbgrader autograde`` and show how far it is.

    Parameters
    ----------
    assignment : str
    course : Path
        Whose configuration counts.
    options : list of str
    output : file
        What nbgrader says goes there.
    root : Path
        The course directory that holds what was handed in.
    since : int
        A time in nanoseconds: what was graded before is not counted.

    Returns
    -------
    int
        0 or 1.
    """
    process = subprocess.Popen(
        child_process.command("nbgrader", "autograde", assignment, *options),
        cwd=course,
        stdout=output,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    with tqdm(total=len(handed_in(root, assignment)), unit="submission", disable=None) as bar:
        while True:
            running = process.poll() is None
            folders = (root / "autograded").glob(f"*/{assignment}")
            bar.update(sum(finished(folder, since) for folder in folders) - bar.n)
            if not running:
                return int(process.returncode != 0)
            time.sleep(0.2)


def handed_in(course, assignment):
    """The folders of the submissions to a lesson."""
    return sorted((course / "submitted").glob(f"*/{assignment}"))


def finished(folder, since=0):
    """Whether nbgrader graded what was handed in to its end, after some time.

    nbgrader makes the files of a submission read-only when it has written its points. A folder
    that is not so is of a run that was stopped.

    Parameters
    ----------
    folder : Path
        As ``autograded/STUDENT/LESSON``.
    since : int
        A time in nanoseconds.

    Returns
    -------
    bool
    """
    try:
        found = [path.stat() for path in folder.glob("*.ipynb")]
        whole = bool(found) and not any(each.st_mode & stat.S_IWUSR for each in found)
        anew = _time(folder.parents[2] / "submitted" / folder.parent.name / folder.name)
        return whole and min(each.st_mtime_ns for each in found) >= since and anew == _time(folder)
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def alone(log):
    """Open the log for whoever is the only one to grade in this course.

    The lock is the log's: nbgrader's process holds it, too, as long as it lives.

    Raises
    ------
    ValueError
    """
    with open(log, "a", encoding="utf-8") as output:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(output, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise ValueError(
                        f"em-grade is already grading in {log.parent}; wait for it, or stop it."
                    ) from None
                time.sleep(0.1)
        output.truncate(0)
        yield output


def failure_summary(log):
    """What an instructor reads where nbgrader's command did not go through.

    Parameters
    ----------
    log : Path

    Returns
    -------
    str
    """
    lines = log.read_text("utf-8", errors="replace").splitlines()
    errors = [line.split("ERROR] ", 1)[1] for line in lines if "ERROR] " in line]
    told = dict.fromkeys(errors[-4:])
    return "\n".join([f"nbgrader did not go through; {log} says why.", *told])


def _time(folder):
    path = folder / TIMESTAMP
    return path.read_bytes() if path.is_file() else None
