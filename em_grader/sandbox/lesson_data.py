"""The data that travel from the grading server to the trusted grader: cells and wrong answers."""

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
    """A listed answer to an exercise, with which a failed answer is compared.

    Attributes
    ----------
    exercise : str
    source : str
        The whole answer cell.
    hint : str
    loses_at : str or None
        The law at which it fails, or the exception's name; None for a right answer.
    """

    exercise: str
    source: str
    hint: str
    loses_at: str | None


class Lesson(TypedDict):
    """What a lesson worker reads once and every notebook of the lesson shares.

    Attributes
    ----------
    cells : list of Cell
        The lesson's own cells; the answers are empty.
    wrong_answers : list of WrongAnswer
    """

    cells: list[Cell]
    wrong_answers: list[WrongAnswer]
