"""The points that the sample class is to get, written down by hand."""

import csv
from pathlib import Path

FILE = Path(__file__).with_name("expected_points.csv")


def expected():
    """Points by student, lesson and exercise.

    Returns
    -------
    dict of (student, lesson, exercise) to float
    """
    with open(FILE, newline="", encoding="utf-8") as file:
        return {
            (row["student"], row["lesson"], row["exercise"]): float(row["points"])
            for row in csv.DictReader(file)
        }


def differences(rows):
    """Where the grades of the sample class are not what was written down.

    Parameters
    ----------
    rows : list of Points

    Returns
    -------
    list of str
        One line a difference; a grade that lacks or is too many is one as well.
    """
    want = expected()
    got = {(row.student, row.lesson, row.exercise): row.points for row in rows}
    return [
        f"{' '.join(key)} has {got.get(key, 'no')} points, expected: {want.get(key, 'none')}"
        for key in sorted(want.keys() | got.keys())
        if want.get(key) != got.get(key)
    ]
