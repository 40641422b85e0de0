"""Limits on the grading of one notebook: time and outputs, and the resources of its processes."""

from dataclasses import dataclass

from em_grader.sandbox.jail.resource_limits import ResourceLimits

LONGEST_MESSAGE = 600
"""Characters of an error message that feedback shows: what an answer raises is not bounded."""


@dataclass(frozen=True)
class Limits(ResourceLimits):
    """Limits on a student's cells and answers; passing one costs the exercise in which it happens.

    Attributes
    ----------
    cell : float
        Seconds that one cell of the student may run.
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
