"""Every submission to a lesson, by nbgrader's own command in a process of its own."""

import shutil
import stat
import subprocess
import sys
import time

from tqdm import tqdm

from em_helpers.grading.gradebook import points, write_csv


def grade_class(assignment, course, sandbox, jobs, table, resume):
    """Grade all submissions, show how far it is, and write a table.

    nbgrader makes the files of a submission read-only when it is graded to its end. A folder that
    is not so is of a run that was stopped: it is removed, so that nbgrader does not pass over it.

    Parameters
    ----------
    assignment : str
    course : Path
    sandbox : str
    jobs : int
    table : Path or None
    resume : bool
        Keep what was graded to its end, unless it was handed in anew.

    Returns
    -------
    int
        nbgrader's exit status.

    Raises
    ------
    FileNotFoundError
        Nobody has handed anything in.
    """
    submitted = sorted((course / "submitted").glob(f"*/{assignment}"))
    if not submitted:
        raise FileNotFoundError(f"{course / 'submitted'} holds no submission to {assignment}.")
    for folder in (course / "autograded").glob(f"*/{assignment}"):
        if not (resume and finished(folder)):
            shutil.rmtree(folder)
    command = [sys.executable, "-m", "nbgrader", "autograde", assignment]
    options = [f"--SandboxExecute.sandbox={sandbox}", f"--SandboxExecute.jobs={jobs}"]
    log = course / "em-grade.log"
    with open(log, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [*command, *options],
            cwd=course,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        _watch(process, course, assignment, len(submitted))
    if process.returncode:
        print(f"nbgrader autograde did not go through; {log} says why.", file=sys.stderr)
    if table:
        rows = points(f"sqlite:///{course / 'gradebook.db'}")
        write_csv(table, [row for row in rows if row.lesson == assignment])
    return process.returncode


def finished(folder):
    """Whether nbgrader graded the submission of an autograded folder to its end."""
    modes = [path.stat().st_mode for path in folder.glob("*.ipynb")]
    return bool(modes) and not any(mode & stat.S_IWUSR for mode in modes)


def _watch(process, course, assignment, total):
    with tqdm(total=total, unit="submission", disable=None) as bar:
        while True:
            running = process.poll() is None
            folders = (course / "autograded").glob(f"*/{assignment}")
            bar.update(sum(map(finished, folders)) - bar.n)
            if not running:
                return
            time.sleep(0.2)
