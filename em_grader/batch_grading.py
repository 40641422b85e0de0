"""Grade all submissions to a lesson with nbgrader, in a child process, with a progress bar."""

import shutil
import stat
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tqdm import tqdm

from em_grader.course_config import load_course
from em_grader.course_lock import exclusive_lock
from em_grader.nbgrader_command import start_nbgrader
from em_grader.read_gradebook import has_assignment, read_points, write_csv
from em_grader.submissions.read_submission import TIMESTAMP

LOG = "em-grade.log"
"""The file in the course directory that receives what nbgrader prints."""


@dataclass(frozen=True)
class ExecutionOptions:
    """How and where submissions are run."""

    sandbox: str = "auto"  # as ``grading_server.Server`` takes it
    jobs: int = 0  # submissions that run at the same time; 0 for one per processor
    scheduler: str = ""  # address of a Dask scheduler; empty to run them on this machine

    def nbgrader_arguments(self) -> list[str]:
        """Return the options as command-line arguments of ``nbgrader autograde``."""
        return [
            f"--SandboxExecute.sandbox={self.sandbox}",
            f"--SandboxExecute.jobs={self.jobs}",
            f"--SandboxExecute.scheduler={self.scheduler}",
        ]


def grade_class(
    assignment: str,
    course: Path,
    options: ExecutionOptions,
    table: Path | None = None,
    resume: bool = False,
) -> int:
    """Grade all submissions to a lesson, with a progress bar and a table of the points.

    Parameters
    ----------
    table : Path, optional
        Write the points to this CSV file.
    resume : bool
        Keep the submissions that were completely graded since the last run without this option,
        unless they were submitted again.

    Returns
    -------
    int
        0 if all submissions were graded, 1 if not.

    Raises
    ------
    FileNotFoundError
        There are no submissions, or the gradebook has no such assignment.
    ValueError
        Another run is grading in this course.
    """
    if not submission_folders(course, assignment):
        raise FileNotFoundError(f"{course / 'submitted'} holds no submission to {assignment}.")
    gradebook = load_course(course)[1].db_url
    if not has_assignment(gradebook, assignment):
        raise FileNotFoundError(
            f"the gradebook of {course} has no assignment {assignment}; run nbgrader "
            f"generate_assignment {assignment} there first."
        )
    log, start_marker = course / LOG, course / f".em-grade-{assignment}"
    with exclusive_lock(log) as output:
        if not resume:
            start_marker.touch()
        since = start_marker.stat().st_mtime_ns if start_marker.exists() else 0
        if resume:
            for folder in (course / "autograded").glob(f"*/{assignment}"):
                if not is_graded(folder, since):
                    shutil.rmtree(folder)
        arguments = options.nbgrader_arguments() + ([] if resume else ["--force"])
        status = autograde(assignment, course, arguments, output, since=since)
        if status == 0:
            start_marker.unlink(missing_ok=True)
    if status:
        print(failure_summary(log), file=sys.stderr)
    if table:
        rows = read_points(gradebook)
        write_csv(table, [row for row in rows if row.lesson == assignment])
    return status


def autograde(
    assignment: str,
    course: Path,
    arguments: list[str],
    log: TextIO,
    root: Path | None = None,
    since: int = 0,
) -> int:
    """Run ``nbgrader autograde`` with a progress bar.

    Parameters
    ----------
    course : Path
        The folder whose ``nbgrader_config.py`` is read.
    root : Path, optional
        The course directory with the submissions, if it is not ``course``.
    since : int
        A time in nanoseconds; the bar leaves out submissions that were graded before.

    Returns
    -------
    int
        0 if all submissions were graded, 1 if not.
    """
    process = start_nbgrader(
        "autograde", assignment, *arguments, course=course, log=log, root=root, die_with_parent=True
    )
    root = root or course
    total = len(submission_folders(root, assignment))
    with tqdm(total=total, unit="submission", disable=None) as bar:
        while True:
            running = process.poll() is None
            folders = (root / "autograded").glob(f"*/{assignment}")
            bar.update(sum(is_graded(folder, since) for folder in folders) - bar.n)
            if not running:
                return int(process.returncode != 0)
            time.sleep(0.2)


def submission_folders(course: Path, assignment: str) -> list[Path]:
    """Return the folders ``submitted/STUDENT/ASSIGNMENT`` of a course directory, sorted."""
    return sorted((course / "submitted").glob(f"*/{assignment}"))


def is_graded(folder: Path, since: int = 0) -> bool:
    """Whether nbgrader has completely graded a submission, in its present version.

    nbgrader makes the notebooks in ``autograded/STUDENT/ASSIGNMENT`` read-only after it has stored
    the points. If a notebook is still writable, the run was stopped before that. A submission that
    was graded before ``since``, a time in nanoseconds, does not count.
    """
    try:
        notebooks = [path.stat() for path in folder.glob("*.ipynb")]
        complete = bool(notebooks) and not any(file.st_mode & stat.S_IWUSR for file in notebooks)
        submitted = folder.parents[2] / "submitted" / folder.parent.name / folder.name
        return (
            complete
            and min(file.st_mtime_ns for file in notebooks) >= since
            and _timestamp(submitted) == _timestamp(folder)
        )
    except FileNotFoundError:
        return False


def failure_summary(log: Path) -> str:
    """Say that nbgrader failed, where its log is, and which errors stand last in it."""
    lines = log.read_text("utf-8", errors="replace").splitlines()
    errors = [line.split("ERROR] ", 1)[1] for line in lines if "ERROR] " in line]
    distinct = dict.fromkeys(errors[-4:])
    return "\n".join([f"nbgrader failed; its log is {log}.", *distinct])


def _timestamp(folder: Path) -> bytes | None:
    path = folder / TIMESTAMP
    return path.read_bytes() if path.is_file() else None
