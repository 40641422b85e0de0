"""Compare the points of the sample class with those that were written down by hand."""

import csv
from collections.abc import Iterable
from pathlib import Path

from em_grader.read_gradebook import Points

TABLE = Path(__file__).with_name("expected_points.csv")


def expected_points() -> dict[tuple[str, str, str], float]:
    """Read the expected points by student, lesson and exercise."""
    with open(TABLE, newline="", encoding="utf-8") as file:
        return {
            (row["student"], row["lesson"], row["exercise"]): float(row["points"])
            for row in csv.DictReader(file)
        }


def differences(rows: Iterable[Points]) -> list[str]:
    """List the points that differ from the expected ones, are missing, or are not expected.

    There is one sentence per difference.
    """
    expected = expected_points()
    actual = {(row.student, row.lesson, row.exercise): row.points for row in rows}
    return [
        f"{' '.join(key)} has {actual.get(key, 'no')} points, expected: {expected.get(key, 'none')}"
        for key in sorted(expected.keys() | actual.keys())
        if expected.get(key) != actual.get(key)
    ]
