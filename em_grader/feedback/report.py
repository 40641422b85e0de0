"""The instructor's report on a lesson: one HTML page that holds all it needs."""

from collections import defaultdict
from html import escape
from statistics import mean, quantiles

from em_authoring.wrong_answers import lesson_wrong_answers
from em_grader.feedback.failures import lost, unreadable, untouched
from em_grader.gradebook import notes, points

STYLE = """
:root { color-scheme: light dark; --bar: #0072B2; --line: #8886; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin: 2.5rem 0 0.5rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; margin-bottom: 0.4rem; }
th, td { text-align: left; padding: 0.35rem 1rem 0.35rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; }
td:first-child { white-space: nowrap; }
.wide { overflow-x: auto; }
td.number, th.number { text-align: right; white-space: nowrap; }
svg { max-width: 100%; height: auto; vertical-align: middle; }
svg rect { fill: var(--bar); }
svg rect.whole { fill: none; stroke: currentColor; stroke-opacity: 0.4; }
svg line { stroke: currentColor; stroke-opacity: 0.6; }
svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
ul { margin: 0; padding-left: 1.1rem; }
summary { cursor: pointer; }
@media print { .wide { overflow: visible; } tr, svg { break-inside: avoid; } }
"""


def report(course, lesson):
    """What a class did in one lesson.

    Parameters
    ----------
    course : Path
        The course directory, with the gradebook and ``autograded``.
    lesson : Lesson
        Its wrong answers tell which misconceptions are known.

    Returns
    -------
    str
        A page that loads nothing.

    Raises
    ------
    ValueError
        The gradebook has no grades of this lesson.
    """
    name, autograded = lesson.assignment, course / "autograded"
    rows = [row for row in points(f"sqlite:///{course / 'gradebook.db'}") if row.lesson == name]
    if not rows:
        raise ValueError(f"{course / 'gradebook.db'} holds no grades of {name}; grade it first.")
    failed = unreadable(autograded, name)
    read = [row for row in rows if row.student not in failed]
    parts = [_summary(rows, read, failed)]
    if read:
        known = lesson_wrong_answers(lesson.source.parent)
        parts += [
            _distribution(read),
            _exercises(read, untouched(autograded, name)),
            _misconceptions(lost(autograded, name, known.wrong)),
        ]
    parts += [_unreadable(failed), _notes(notes(autograded), name, failed)]
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


def _summary(rows, read, failed):
    said = [f"{len(sums(rows))} submissions, {len(failed)} of which could not be read."]
    if read:
        earned = list(sums(read).values())
        low, middle, high = quantiles(earned, method="inclusive") if earned[1:] else earned * 3
        said.append(
            f"The others: mean {mean(earned):.1f}, median {middle:.3g} of {_maximum(rows):g} "
            f"points; the middle half has {low:.3g} to {high:.3g}."
        )
        waiting = len({row.student for row in read if row.pending})
        if waiting:
            said.append(
                f"Written answers of {waiting} wait for grading by hand; they count 0 here."
            )
    return f"<p>{' '.join(said)}</p>"


def _maximum(rows):
    return sum({row.exercise: row.maximum for row in rows}.values())


def _distribution(rows):
    """A bar for each whole number of points."""
    maximum = int(_maximum(rows))
    counts = [0] * (maximum + 1)
    for earned in sums(rows).values():
        counts[min(int(earned), maximum)] += 1
    width, height, tallest = 36, 160, max(counts)
    bars = [f'<line x1="0" x2="{width * (maximum + 1)}" y1="{height + 20}" y2="{height + 20}"/>']
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


def _exercises(rows, blank):
    """The hardest first; at the end those that nobody has graded."""
    by_exercise = defaultdict(list)
    for row in rows:
        if row.maximum:
            by_exercise[row.exercise].append(row)
    body = []
    for name, asked in by_exercise.items():
        graded = [row for row in asked if not row.pending]
        share = mean(row.points / row.maximum for row in graded) if graded else None
        body.append(
            (
                2 if share is None else share,
                (
                    name,
                    "" if share is None else Html(_bar(share)),
                    "" if share is None else f"{share:.0%}",
                    f"{mean(row.points for row in graded):.1f} of {asked[0].maximum:g}"
                    if graded
                    else f"of {asked[0].maximum:g}",
                    str(sum(row.points >= row.maximum for row in graded)),
                    str(blank[name]),
                    str(len(asked) - len(graded)),
                ),
            )
        )
    body.sort(key=lambda each: each[0])
    heads = ("exercise", "share of the points", "", "mean", "all points", "untouched", "waiting")
    return "<h2>Exercises</h2>\n" + _table(
        "The hardest first. “Untouched” is the stub as it was handed out; “waiting” is for grading "
        "by hand, and left out of the mean.",
        heads, [each for _, each in body], {2, 3, 4, 5, 6},
    )  # fmt: skip


def _bar(share):
    return (
        f'<svg aria-hidden="true" width="120" height="14"><rect class="whole" x="0.5" y="0.5" '
        f'width="119" height="13"/><rect width="{120 * share:.1f}" height="14"/></svg>'
    )


def _misconceptions(broken):
    if not broken:
        return "<h2>Misconceptions</h2>\n<p>No law was broken.</p>"
    body = [
        (each.exercise, each.law, str(each.students), Html(_mistakes(each) + _who(each.who)))
        for each in broken
    ]
    heads = ("exercise", "law that broke, or exception", "students", "mistakes")
    return "<h2>Misconceptions</h2>\n" + _table(
        "Where points were lost, the most frequent first. A known mistake is one that is listed "
        "with the lesson, and is counted where an answer computes what it computes. The text is "
        "its hint.",
        heads, body, {2},
    )  # fmt: skip


def _mistakes(each):
    met = [f"{count} made a known one: {hint}" for hint, count in each.known.items()]
    rest = each.students - sum(each.known.values())
    if rest and each.candidates:
        met.append(f"{'the rest' if met else 'perhaps'}: {each.candidates[0]}")
        met += [f"or: {hint}" for hint in each.candidates[1:]]
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in met)}</ul>" if met else ""


def _who(students):
    return f"<details><summary>who</summary>{escape(', '.join(students))}</details>"


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


class Html(str):
    """Text that is HTML already."""


def _table(caption, heads, body, numbers=frozenset()):
    def cell(tag, place, value):
        kind = ' class="number"' if place in numbers else ""
        if tag == "th" and value:
            return f'<th{kind} scope="col">{escape(value)}</th>'
        return f"<td{kind}>{value if isinstance(value, Html) else escape(value)}</td>"

    def line(tag, values):
        return "<tr>" + "".join(cell(tag, i, value) for i, value in enumerate(values)) + "</tr>"

    rows = "\n".join(line("td", values) for values in body)
    return (
        f'<div class="wide" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption>\n<thead>{line('th', heads)}</thead>\n"
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )
