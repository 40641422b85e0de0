"""The result of an exercise's test: its points, and why it failed.

The trusted grader makes each result once. It travels as plain data, is rendered once into the
outputs of the test's cell, and is stored in the metadata of the graded notebook, where the report
and regrading read it.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

_RESULTS = "em_grader_results"
"""The key of the notebook's metadata that holds the results."""


@dataclass(frozen=True)
class FailureDetails:
    """What a failed hidden test was doing: for the instructor, since it shows hidden data."""

    line: int | None = None  # the line of the test; None if the test had not started
    code: str = ""  # the statement on that line
    variables: dict[str, str] = field(default_factory=dict)  # in that statement, with their values
    check: str | None = None  # the call of ``em_helpers.checks`` that failed
    call_count: int = 0  # how often the test had called the answer
    calls: list[str] = field(default_factory=list)  # the last calls, with their results
    printed: str = ""  # what the answer printed


@dataclass(frozen=True)
class Failure:
    """Why a test failed: exception and message are as the student may read them.

    The details are for the instructor only. They are computed on replay and never stored in a
    notebook.
    """

    law: str  # the law that a check found broken; else the exception's name
    exception: str
    message: str
    answer_lines: list[str] = field(default_factory=list)  # of the answer, passed by the exception
    hint: str | None = None  # the hint for the answer's misconception, if known
    details: FailureDetails | None = None

    def as_output(self) -> dict[str, Any]:
        """Render the failure as an error output of nbformat, without the instructor's details."""
        headline = f"{self.exception}: {self.message}" if self.message else self.exception
        hint = [f"Hint: {self.hint}"] if self.hint else []
        return {
            "output_type": "error",
            "ename": self.exception,
            "evalue": self.message,
            "traceback": [headline, *self.answer_lines, *hint],
        }


@dataclass(frozen=True)
class ExerciseResult:
    """The result of one test of one exercise."""

    exercise: str
    points: float
    maximum: float
    states_points: bool = False  # whether the test's last line states the points
    failure: Failure | None = None  # None if the test passed

    def as_outputs(self) -> list[dict[str, Any]]:
        """Render the result as outputs of nbformat, from which nbgrader reads the points."""
        if self.failure is not None:
            return [self.failure.as_output()]
        if not self.states_points:
            return []
        data = {"text/plain": repr(self.points)}
        output = {"output_type": "execute_result", "data": data, "metadata": {}}
        return [{**output, "execution_count": None}]

    def as_data(self) -> dict[str, Any]:
        """Convert the result to nested dicts, which ``from_data`` reads."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: MutableMapping[str, Any]) -> ExerciseResult:
        """Restore a result from nested dicts."""
        failure = data["failure"]
        if failure is not None:
            details = failure.get("details")
            failure = Failure(**{**failure, "details": details and FailureDetails(**details)})
        return cls(**{**data, "failure": failure})


def store_results(metadata: MutableMapping[str, Any], results: Iterable[ExerciseResult]) -> None:
    """Store results in a notebook's metadata, without the instructor's details.

    Notebook metadata outlast ``ClearMetadataPreprocessor`` as nbgrader's documentation configures
    it; a cell's do not.
    """
    stored = []
    for result in results:
        if result.failure is not None:
            result = replace(result, failure=replace(result.failure, details=None))
        stored.append(result.as_data())
    metadata[_RESULTS] = stored


def stored_results(metadata: MutableMapping[str, Any]) -> list[ExerciseResult]:
    """Read the results of a graded notebook from its metadata, in the order of the notebook.

    There are none if it was not graded by this package.
    """
    return [ExerciseResult.from_data(data) for data in metadata.get(_RESULTS, [])]
