"""Limits on the grading of one notebook: time and outputs, and the resources of its processes."""

from dataclasses import dataclass

from em_grader.sandbox.jail.resource_limits import ResourceLimits

MAX_MESSAGE_LENGTH = 600
"""Characters of an error message that feedback shows."""


@dataclass(frozen=True)
class Limits(ResourceLimits):
    """Limits of students' cells and answers; exceeding one costs the exercise where it happens.

    Attributes
    ----------
    cell : float
        Seconds that one of the student's cells may run.
    call : float
        Seconds that one call of an answer may take.
    test : float
        Seconds that all the calls of one test cell may take together.
    notebook : float
        Seconds that all cells and calls of one notebook may take together.
    output : int
        Bytes that one cell's outputs may hold; the rest is cut.
    """

    cell: float = 30.0
    call: float = 10.0
    test: float = 60.0
    notebook: float = 600.0
    output: int = 2 << 20
