"""The data that travel from the grading server to the trusted grader: cells and listed answers."""

from typing import Literal, TypedDict


class Cell(TypedDict):
    """A cell's source, whose code it is, and what it is for.

    Attributes
    ----------
    kind : str
        ``text``; ``provided``, the lesson's own code; ``answer``; ``added``, a cell of the
        student's own; ``check``, a visible test; or ``test``, a hidden one.
    source : str
    exercise : str
        The name of the exercise that an answer, a check or a test belongs to; empty for others.
    points : float
        The maximum of a test.
    allowlisted : list of str
        Functions of the reference that the answer to a check's or test's exercise may call.
    """

    kind: Literal["text", "provided", "answer", "added", "check", "test"]
    source: str
    exercise: str
    points: float
    allowlisted: list[str]


class WrongAnswer(TypedDict):
    """A listed wrong answer to an exercise.

    Attributes
    ----------
    exercise : str
    source : str
        The whole answer cell.
    law : str
        The law at which the hidden test fails, or the exception's name.
    hint : str
    """

    exercise: str
    source: str
    law: str
    hint: str


class KnownAnswers(TypedDict):
    """The listed answers of a lesson, with which failed answers are compared.

    Attributes
    ----------
    wrong : list of WrongAnswer
    right : dict of str to str
        The source of a right answer to each exercise that has one.
    """

    wrong: list[WrongAnswer]
    right: dict[str, str]


class Lesson(TypedDict):
    """What a lesson worker reads once and every notebook of the lesson shares.

    Attributes
    ----------
    cells : list of Cell
        The lesson's own cells; the answers are empty.
    known_answers : KnownAnswers
    """

    cells: list[Cell]
    known_answers: KnownAnswers
