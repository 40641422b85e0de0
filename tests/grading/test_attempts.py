"""Every attempt of every lesson, graded by nbgrader: the wrong ones lose, the right ones keep."""

import pytest

from em_helpers.authoring.lesson import lessons
from em_helpers.grading.attempt import Attempt, attempts
from tests.grading.road import Road

LESSONS = lessons()


def classes(tried):
    """One submission for the first attempt at every exercise, one for the second, and so on."""
    by_exercise = {}
    for attempt in tried:
        by_exercise.setdefault(attempt.exercise, []).append(attempt)
    for number in range(max(map(len, by_exercise.values()))):
        yield [tried[number] for tried in by_exercise.values() if number < len(tried)]


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda each: each.assignment)
def test_each_attempt_gets_what_it_deserves(lesson, tmp_path):
    road = Road(lesson, tmp_path)
    handed_in = {f"attempt-{i}": each for i, each in enumerate(classes(attempts(lesson)))}
    for student, tried in handed_in.items():
        road.hand_in(student, road.filled({each.exercise: each.source for each in tried}))
    assert road.run("autograde") == 0, road.log.read_text()
    points, surprises = road.points(), []
    maxima = {
        cell["id"].removeprefix("test-"): cell.metadata.nbgrader.points
        for cell in road.release().cells
        if cell["id"].startswith("test-")
    }
    for student, tried in handed_in.items():
        for each in tried:
            got = points[student][each.exercise]
            error = road.verdict(student, each.exercise)
            lost_at = None if error is None else law(*error)
            if lost_at != each.loses_at or got != (maxima[each.exercise] if each.right else 0):
                surprises.append((each.exercise, each.hint, each.loses_at, lost_at, got))
    assert not surprises


def law(name, message):
    """The law that a verdict names, or the exception's own name."""
    return message.split(": ")[0] if name == "LawBroken" else name


@pytest.mark.parametrize(
    ("right", "loses_at"), [(True, "rows sum to one"), (False, None), (False, "")]
)
def test_an_attempt_that_contradicts_itself_is_refused(right, loses_at):
    with pytest.raises(ValueError, match="loses_at"):
        Attempt("f", "def f(): pass", right, "Think.", loses_at)
