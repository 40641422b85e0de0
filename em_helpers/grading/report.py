"""The instructor's report on a lesson: one HTML page that holds all it needs."""

from collections import defaultdict
from html import escape
from statistics import mean, median

from em_helpers.grading.attempt import attempts
from em_helpers.grading.gradebook import notes, points
from em_helpers.grading.lost import lost, unreadable

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; }
th, td { text-align: left; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid #8886;
  vertical-align: top; }
td:first-child { white-space: nowrap; }
.wide { overflow-x: auto; }
td.number, th.number { text-align: right; white-space: nowrap; }
svg { max-width: 100%; height: auto; }
rect { fill: #0072B2; }
svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
"""


def report(course, lesson):
    """What a class did in one lesson.

    Parameters
    ----------
    course : Path
        The course directory, with the gradebook and ``autograded``.
    lesson : Lesson
        Its attempts tell which misconceptions are known.

    Returns
    -------
    str
        A page that loads nothing.

    Raises
    ------
    ValueError
        The gradebook has no grades of this lesson.
    """
    name = lesson.assignment
    rows = [row for row in points(f"sqlite:///{course / 'gradebook.db'}") if row.lesson == name]
    if not rows:
        raise ValueError(f"{course / 'gradebook.db'} holds no grades of {name}; grade it first.")
    failed = unreadable(course / "autograded", name)
    known = attempts(lesson)
    parts = [
        _summary(rows, failed),
        _distribution(rows),
        _exercises(rows),
        _misconceptions(lost(course / "autograded", name, known)),
        _unreadable(failed),
        _notes(notes(course / "autograded"), name, failed),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(name)}: how the class did</title>\n<style>{STYLE}</style></head>\n"
        f"<body><main><h1>{escape(name)}: how the class did</h1>\n"
        + "\n".join(parts)
        + "\n</main></body></html>\n"
    )


def sums(rows):
    """Each student's points in a lesson.

    Parameters
    ----------
    rows : list of Points

    Returns
    -------
    dict of str to float
    """
    total = defaultdict(float)
    for row in rows:
        total[row.student] += row.points
    return dict(total)


def _summary(rows, failed):
    earned = list(sums(rows).values())
    pending = len({row.student for row in rows if row.pending} - set(failed))
    return (
        f"<p>{len(earned)} submissions. Mean {mean(earned):.1f}, median {median(earned):g} of "
        f"{_maximum(rows):g} points. {pending} wait for grading by hand; "
        f"{len(failed)} could not be read.</p>"
    )


def _maximum(rows):
    return sum({row.exercise: row.maximum for row in rows}.values())


def _distribution(rows):
    """A bar for each whole number of points."""
    maximum = int(_maximum(rows))
    counts = [0] * (maximum + 1)
    for earned in sums(rows).values():
        counts[min(int(earned), maximum)] += 1
    width, height, tallest = 28, 120, max(counts)
    bars = []
    for place, count in enumerate(counts):
        tall = height * count / tallest
        left = place * width
        if count:
            bars.append(
                f'<rect x="{left + 3}" y="{height + 20 - tall:.1f}" width="{width - 6}" '
                f'height="{tall:.1f}"/><text x="{left + width / 2}" y="{height + 14 - tall:.1f}" '
                f'text-anchor="middle">{count}</text>'
            )
        bars.append(
            f'<text x="{left + width / 2}" y="{height + 38}" text-anchor="middle">{place}</text>'
        )
    told = ", ".join(f"{count} with {place}" for place, count in enumerate(counts) if count)
    return (
        f"<h2>Points</h2>\n<p>How many students have how many points, fractions cut off.</p>\n"
        f'<svg role="img" aria-label="{escape(told)}" viewBox="0 0 {width * (maximum + 1)} '
        f'{height + 44}" width="{width * (maximum + 1)}">{"".join(bars)}</svg>'
    )


def _exercises(rows):
    """The hardest first."""
    by_exercise = defaultdict(list)
    for row in rows:
        if not row.pending:
            by_exercise[row.exercise].append(row)
    hardest = sorted(
        by_exercise.items(), key=lambda each: mean(row.points / row.maximum for row in each[1])
    )
    body = [
        (
            name,
            f"{mean(row.points for row in graded):.1f} of {graded[0].maximum:g}",
            f"{mean(row.points / row.maximum for row in graded):.0%}",
            str(sum(row.points >= row.maximum for row in graded)),
        )
        for name, graded in hardest
    ]
    heads = ("exercise", "mean points", "share", "with all points")
    return "<h2>Exercises</h2>\n" + _table(
        "The hardest first; what waits for grading is left out", heads, body, {1, 2, 3}
    )


def _misconceptions(broken):
    if not broken:
        return "<h2>Misconceptions</h2>\n<p>No law was broken.</p>"
    body = [
        (
            each.exercise,
            each.law,
            str(each.students),
            tuple(f"{count} of them: {hint}" for hint, count in each.known.items()),
        )
        for each in broken
    ]
    heads = ("exercise", "what broke", "students", "known mistakes, and what is told about them")
    return "<h2>Misconceptions</h2>\n" + _table(
        "Where points were lost, the most frequent first", heads, body, {2}
    )


def _unreadable(failed):
    if not failed:
        return "<h2>Not graded</h2>\n<p>Every file could be read.</p>"
    body = [(student, " ".join(said)) for student, said in failed.items()]
    return "<h2>Not graded</h2>\n" + _table("Files that wait for you", ("student", "why"), body)


def _notes(said, name, failed):
    body = [
        (student, " ".join(each))
        for (student, lesson), each in said.items()
        if lesson == name and student not in failed
    ]
    if not body:
        return ""
    return "<h2>Noticed</h2>\n" + _table("What was put back", ("student", "what"), body)


def _table(caption, heads, body, numbers=frozenset()):
    def cell(tag, place, value):
        kind = ' class="number"' if place in numbers else ""
        scope = ' scope="col"' if tag == "th" else ""
        if isinstance(value, tuple):
            value = "<br>".join(escape(each) for each in value)
            return f"<{tag}{kind}{scope}>{value}</{tag}>"
        return f"<{tag}{kind}{scope}>{escape(value)}</{tag}>"

    def line(tag, values):
        return "<tr>" + "".join(cell(tag, i, value) for i, value in enumerate(values)) + "</tr>"

    rows = "\n".join(line("td", values) for values in body)
    return (
        f'<div class="wide" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption>\n<thead>{line('th', heads)}</thead>\n"
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )
