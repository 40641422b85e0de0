"""Answers that people give to an exercise, each with what should become of it."""

import functools
import runpy
from dataclasses import dataclass


@dataclass(frozen=True)
class Attempt:
    """One answer to one exercise, as somebody might write it.

    Attributes
    ----------
    exercise : str
        The name of the answer cell, which is the name of the function.
    source : str
        The whole answer cell.
    right : bool
        Whether it earns the points.
    hint : str
        For a wrong answer: what to think about, without the answer. For a right one: what is
        unusual about it.
    loses_at : str or None
        For a wrong answer: the law that the hidden test names, or the exception's name.
    """

    exercise: str
    source: str
    right: bool
    hint: str
    loses_at: str | None = None

    def __post_init__(self):
        if self.right == bool(self.loses_at):
            raise ValueError(
                f"the attempt at {self.exercise} {'is right' if self.right else 'is wrong'} and "
                f"loses_at is {self.loses_at!r}; a wrong one names a law, a right one None."
            )


def attempts(lesson):
    """The attempts that lie beside a lesson's source.

    Parameters
    ----------
    lesson : em_authoring.lesson.Lesson

    Returns
    -------
    list of Attempt
    """
    return attempts_in(lesson.attempts)


def attempts_in(path):
    """The attempts of a file, which is read once a process.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of Attempt
    """
    return _read(path, path.stat().st_mtime_ns)


@functools.cache
def _read(path, _):
    return runpy.run_path(str(path))["ATTEMPTS"]
