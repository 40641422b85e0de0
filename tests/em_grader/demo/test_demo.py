"""``make demo``: the sample class gets the points that were written down for it."""

import csv
import re
import subprocess
import sys

import pytest

from em_authoring.lesson_paths import ROOT
from em_grader.demo.expected_points import differences, expected_points
from em_grader.read_gradebook import Points

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo():
    return subprocess.run(
        [sys.executable, "-m", "em_grader.demo"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_demo_succeeds_and_names_every_grade(demo):
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert "NOT AS EXPECTED" not in demo.stdout
    assert "failed; its log" not in demo.stdout
    printed = {
        (student, lesson, exercise): float(points)
        for student, lesson, exercise, points in re.findall(
            r"^(\S+) +(\d\d-\S+) +(\S+) +([\d.]+) of", demo.stdout, re.MULTILINE
        )
    }
    assert printed == expected_points()


def test_what_it_leaves_behind(demo):
    place = ROOT / "build" / "demo"
    students = {student for student, _, _ in expected_points()}
    with open(place / "grades.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["student"] for row in rows} == students
    assert sum(float(row["points"]) for row in rows) == sum(expected_points().values())
    assert (place / "gradebook.db").stat().st_size > 0
    for student in students:
        assert list((place / "submitted" / student).glob("*/*.ipynb"))
        assert list((place / "feedback" / student).glob("*/*.html"))
    assert (place / "submitted" / "empty-file" / "03-e-step" / "e-step.ipynb").read_bytes() == b""


def test_it_writes_only_where_git_does_not_look(demo):
    ignored = subprocess.run(
        ["git", "check-ignore", "build/demo/gradebook.db"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert ignored.returncode == 0


def test_a_grade_that_differs_lacks_or_is_too_many_is_told():
    want = expected_points()
    rows = [Points(*key, points, 20.0, False) for key, points in want.items()]
    assert differences(rows) == []
    key, points = next(iter(want.items()))
    assert differences(rows[1:]) == [f"{' '.join(key)} has no points, expected: {points}"]
    other = [Points(*key, points + 1, 20.0, False), *rows[1:]]
    assert differences(other) == [f"{' '.join(key)} has {points + 1} points, expected: {points}"]
    more = Points("nobody", "03-e-step", "e_step", 0.0, 4.0, False)
    assert differences([*rows, more]) == ["nobody 03-e-step e_step has 0.0 points, expected: none"]
