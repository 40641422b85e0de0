"""Compute the instructor's report on a lesson and render it as one HTML page."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, quantiles

from jinja2 import Environment, PackageLoader, StrictUndefined

from em_authoring.known_answers import lesson_wrong_answers
from em_grader.course_config import load_course, source_folder
from em_grader.feedback.failures import count_unanswered, failure_groups, unreadable_submissions
from em_grader.read_gradebook import Points, display_name, has_assignment, read_notes, read_points

_PAGES = Environment(
    loader=PackageLoader("em_grader.feedback"),
    autoescape=True,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)


@dataclass(frozen=True)
class Spread:
    """Statistics of the students' points in a lesson."""

    mean: float
    lower_quartile: float
    median: float
    upper_quartile: float


@dataclass(frozen=True)
class ExerciseSummary:
    """How a class did in one exercise."""

    name: str
    maximum: float  # points that the exercise is worth
    share: float  # mean points divided by ``maximum``
    mean: float  # mean points of the graded answers; 0 if there are none, as ``share``
    graded: int  # answers that do not wait for manual grading
    full_points: int  # graded answers with all points
    untouched: int  # answers that were left as they were handed out
    waiting: int  # answers that wait for manual grading


def report(course: Path, assignment: str) -> str:
    """Describe how the class did in a lesson, as an HTML page that loads nothing.

    The configuration of the course directory says where the gradebook is, and the wrong answers
    that are listed with its lesson say which misconceptions are known.

    Raises
    ------
    ValueError
        The gradebook has no grades of this lesson.
    """
    directory = load_course(course)[1]
    rows = []
    if has_assignment(directory.db_url, assignment):
        rows = [row for row in read_points(directory.db_url) if row.lesson == assignment]
    if not rows:
        raise ValueError(
            f"{display_name(directory.db_url)} holds no grades of {assignment}: run em-grade "
            f"{assignment} first."
        )
    autograded = course / "autograded"
    unreadable_files = unreadable_submissions(autograded, assignment)
    readable = [row for row in rows if row.student not in unreadable_files]
    counts = students_by_points(readable, lesson_maximum(rows))
    known = lesson_wrong_answers(source_folder(directory, assignment))
    return _PAGES.get_template("report.html.j2").render(
        assignment=assignment,
        submissions=len(points_by_student(rows)),
        maximum=lesson_maximum(rows),
        spread=spread(points_by_student(readable).values()) if readable else None,
        waiting=len({row.student for row in readable if row.pending}),
        students_by_points=counts,
        histogram_text=", ".join(
            f"{students} with {points}" for points, students in enumerate(counts) if students
        ),
        exercises=summarize_exercises(readable, count_unanswered(autograded, assignment)),
        failures=failure_groups(autograded, assignment, known.wrong),
        unreadable=unreadable_files,
        notes={
            student: lines
            for (student, lesson), lines in read_notes(autograded).items()
            if lesson == assignment and student not in unreadable_files
        },
    )


def points_by_student(rows: Iterable[Points]) -> dict[str, float]:
    """Add the points of each student."""
    total: dict[str, float] = defaultdict(float)
    for row in rows:
        total[row.student] += row.points
    return dict(total)


def lesson_maximum(rows: Iterable[Points]) -> float:
    """Add the points that the exercises of a lesson are worth."""
    return sum({row.exercise: row.maximum for row in rows}.values())


def spread(points: Iterable[float]) -> Spread:
    """Compute mean and quartiles of the points of one or more students."""
    values = list(points)
    quartiles = quantiles(values, method="inclusive") if len(values) > 1 else values * 3
    return Spread(mean(values), *quartiles)


def students_by_points(rows: Iterable[Points], maximum: float) -> list[int]:
    """Count the students with 0, 1, ... points, rounded down."""
    counts = [0] * (int(maximum) + 1)
    for points in points_by_student(rows).values():
        counts[min(int(points), int(maximum))] += 1
    return counts


def summarize_exercises(
    rows: Iterable[Points], untouched_answers: Counter[str]
) -> list[ExerciseSummary]:
    """Summarize each exercise, the hardest first; those that nobody has graded come last."""
    by_exercise = defaultdict(list)
    for row in rows:
        if row.maximum:
            by_exercise[row.exercise].append(row)
    summaries = []
    for name, answers in by_exercise.items():
        graded = [row for row in answers if not row.pending]
        summaries.append(
            ExerciseSummary(
                name,
                maximum=answers[0].maximum,
                share=mean(row.points / row.maximum for row in graded) if graded else 0.0,
                mean=mean(row.points for row in graded) if graded else 0.0,
                graded=len(graded),
                full_points=sum(row.points >= row.maximum for row in graded),
                untouched=untouched_answers[name],
                waiting=len(answers) - len(graded),
            )
        )
    return sorted(summaries, key=lambda exercise: (not exercise.graded, exercise.share))
