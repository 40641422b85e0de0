"""Limits on the grading of one notebook: time and outputs, and the resources of its processes."""

from dataclasses import dataclass

from em_grader.sandbox.jail.resource_limits import ResourceLimits

MAX_MESSAGE_LENGTH = 600
"""Characters of an error message that feedback shows."""


@dataclass(frozen=True)
class Limits(ResourceLimits):
    """Limits of students' cells and answers; exceeding one costs the exercise where it happens."""

    cell: float = 30.0  # seconds that one of the student's cells may run
    call: float = 10.0  # seconds that one call of an answer may take
    test: float = 60.0  # seconds for all the calls of one test cell
    notebook: float = 600.0  # seconds for all cells and calls of one notebook
    output: int = 2 << 20  # bytes of one cell's outputs; the rest is cut
