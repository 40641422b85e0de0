"""Run a student's notebook and report which exercises pass their visible checks."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbclient import NotebookClient
from nbformat import NotebookNode

from em_helpers.checks.reset_answer import grade_id

SECONDS_PER_CELL = 120


@dataclass(frozen=True)
class Outcome:
    """The outcome of one exercise's visible check.

    The state is ``"passes"``, ``"fails"`` or ``"not done"``. The message is the error of a failing
    check; otherwise it is empty.
    """

    exercise: str
    state: str
    message: str = ""


def run_checks(
    notebook: NotebookNode, folder: Path, report: Callable[[Outcome], None] = lambda outcome: None
) -> list[Outcome]:
    """Run a notebook from top to bottom in a fresh kernel and collect its visible checks' outcomes.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Its outputs are replaced; it is not saved.
    folder : Path
        The kernel's working directory.
    report : callable
        Called with each outcome as soon as it is known.
    """
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        interrupt_on_timeout=True,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    outcomes = []
    with client.setup_kernel(stderr=subprocess.DEVNULL):
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                client.execute_cell(cell, index)
                if grade_id(cell).startswith("check-"):
                    outcomes.append(_outcome(cell))
                    report(outcomes[-1])
    return outcomes


def _outcome(cell: NotebookNode) -> Outcome:
    exercise = grade_id(cell).removeprefix("check-")
    error = next((output for output in cell.outputs if output.output_type == "error"), None)
    if error is None:
        return Outcome(exercise, "passes")
    if error.ename == "NotImplementedError":
        return Outcome(exercise, "not done")
    return Outcome(exercise, "fails", f"{error.ename}: {error.evalue}")
