"""Calling nbgrader's own commands, as an instructor would from the root."""

import subprocess
import sys

from em_authoring.lesson import ROOT


def nbgrader(*arguments, course, log):
    """Run one nbgrader command on a course directory, under the root's configuration.

    Parameters
    ----------
    *arguments : str
        As in ``"autograde", "03-e-step"``.
    course : Path
        What takes the place of the root for solutions, submissions and gradebook.
    log : Path
        Where its output is added.

    Returns
    -------
    int
        nbgrader's exit status.
    """
    command = [sys.executable, "-m", "nbgrader", *arguments, f"--CourseDirectory.root={course}"]
    with open(log, "a", encoding="utf-8") as output:
        output.write(f"$ nbgrader {' '.join(arguments)}\n")
        output.flush()
        return subprocess.run(
            command,
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        ).returncode
