"""Run nbgrader's commands in processes of their own, with this Python installation."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from em_grader.die_with_parent import child_command


def run_nbgrader(
    *arguments: str,
    course: Path,
    log: IO[str] | Path,
    root: Path | None = None,
    die_with_parent: bool = False,
) -> int:
    """Run one nbgrader command, wait until it ends, and return its exit status.

    Parameters
    ----------
    *arguments : str
        The command and its options, as in ``"autograde", "03-e-step"``.
    course : Path
        The folder whose ``nbgrader_config.py`` is read, which is also the course directory.
    log : file or Path
        Receives what the command prints; a file at a path is appended to.
    root : Path, optional
        A course directory other than ``course`` for sources, submissions and gradebook.
    die_with_parent : bool
        Kill the command when this process ends, however it ends.
    """
    with _opened(log, arguments) as output:
        process = start_nbgrader(
            *arguments, course=course, log=output, root=root, die_with_parent=die_with_parent
        )
        try:
            return process.wait()
        except BaseException:
            process.kill()
            raise


def start_nbgrader(
    *arguments: str,
    course: Path,
    log: IO[str],
    root: Path | None = None,
    die_with_parent: bool = False,
) -> subprocess.Popen[bytes]:
    """Start one nbgrader command as ``run_nbgrader`` does, without waiting for it."""
    if root is not None:
        arguments = (*arguments, f"--CourseDirectory.root={root}")
    if die_with_parent:
        command = child_command("nbgrader", *arguments)
    else:
        command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.Popen(
        command,
        cwd=course,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def _environment() -> dict[str, str]:
    """This process's environment, in which the commands of this installation are found by name.

    A virtual environment need not be activated for that.
    """
    scripts = os.path.dirname(sys.executable)
    return os.environ | {"PATH": os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)])}


@contextlib.contextmanager
def _opened(log: IO[str] | Path, arguments: tuple[str, ...]) -> Iterator[IO[str]]:
    """The log as an open file; in a log that several commands share, each is named first."""
    if not isinstance(log, Path):
        yield log
        return
    with open(log, "a", encoding="utf-8") as output:
        output.write(f"$ nbgrader {' '.join(arguments)}\n")
        output.flush()
        yield output
