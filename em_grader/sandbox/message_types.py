"""The data that travel from the grading server to the trusted grader: cells and listed answers."""

from typing import Literal, TypedDict

Kind = Literal["text", "provided", "answer", "added", "check", "test"]
"""What a cell is for: ``provided`` is the lesson's own code, ``added`` a cell of the student's own,
``check`` a visible test and ``test`` a hidden one.
"""


class Cell(TypedDict):
    """A cell's source, whose code it is, and what it is for."""

    kind: Kind
    source: str
    exercise: str  # the exercise of an answer, a check or a test; else empty
    points: float  # the maximum of a test
    allowlisted: list[str]  # functions of the reference that a check's or test's answer may call


class WrongAnswer(TypedDict):
    """A listed wrong answer to an exercise."""

    exercise: str
    source: str  # the whole answer cell
    law: str  # the law at which the hidden test fails, or the exception's name
    hint: str


class KnownAnswers(TypedDict):
    """The listed answers of a lesson, with which failed answers are compared."""

    wrong: list[WrongAnswer]
    right: dict[str, str]  # the source of a right answer to each exercise that has one


class Lesson(TypedDict):
    """What a lesson worker reads once and every notebook of the lesson shares."""

    cells: list[Cell]  # the lesson's own; the answers are empty
    known_answers: KnownAnswers
