"""The table of points as a file."""

import csv

from em_grader.read_gradebook import Points, write_csv


def test_points_are_written_one_row_an_exercise(tmp_path):
    rows = [
        Points("a, b", "03-e-step", "e_step", 4.0, 4.0, False),
        Points("blank", "03-e-step", "why-soft", 0.0, 3.0, True),
    ]
    write_csv(tmp_path / "grades.csv", rows)
    with open(tmp_path / "grades.csv", newline="", encoding="utf-8") as file:
        header, first, second = csv.reader(file)
    assert header == ["student", "lesson", "exercise", "points", "maximum", "pending"]
    assert first == ["a, b", "03-e-step", "e_step", "4.0", "4.0", "False"]
    assert second == ["blank", "03-e-step", "why-soft", "0.0", "3.0", "True"]
