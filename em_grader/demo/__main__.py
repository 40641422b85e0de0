"""Grade the sample class in two lessons and compare its points: ``python -m em_grader.demo``.

The lessons are built from their sources. Everything happens in ``build/demo``; the checkout stays
as it is.
"""

import os
import shutil
import sys
from collections import defaultdict

import nbformat

from em_authoring.known_answers import lesson_wrong_answers
from em_authoring.lesson_paths import ROOT, Lesson, all_lessons
from em_authoring.lesson_source import read_lesson_source
from em_grader.demo.expected_points import differences
from em_grader.demo.sample_submissions import sample_submissions
from em_grader.nbgrader_command import run_nbgrader
from em_grader.read_gradebook import Points, read_notes, read_points, write_csv

COURSE = ROOT / "build" / "demo"
LESSONS = ("03-e-step", "04-m-step")


def main() -> int:
    """Grade the sample class and print its points.

    Returns
    -------
    int
        0 if the points are those expected, 1 if not.
    """
    if sys.platform != "linux":
        print("The sandbox needs Linux; the sample class is trusted, so it is graded without one.")
        os.environ["EM_SANDBOX"] = "none"
    shutil.rmtree(COURSE, ignore_errors=True)
    for lesson in all_lessons():
        if lesson.assignment in LESSONS:
            print(f"{lesson.assignment}: building, submitting, grading", flush=True)
            build(lesson)
            submit(lesson)
            run("autograde", lesson.assignment)
            run("generate_feedback", lesson.assignment)
    rows = read_points(f"sqlite:///{COURSE / 'gradebook.db'}")
    write_csv(COURSE / "grades.csv", rows)
    print_points(rows)
    print_sums(rows)
    print_notes()
    print_files()
    unexpected = differences(rows)
    for line in unexpected:
        print(f"NOT AS EXPECTED: {line}")
    return int(bool(unexpected))


def build(lesson: Lesson) -> None:
    """Build the instructors' notebook from its source, and the release with nbgrader."""
    copy = Lesson(lesson.assignment, COURSE)
    copy.solution.parent.mkdir(parents=True)
    nbformat.write(read_lesson_source(lesson), copy.solution)
    shutil.copytree(lesson.wrong_answers, copy.wrong_answers)
    run("generate_assignment", lesson.assignment)


def submit(lesson: Lesson) -> None:
    """Write the sample class's notebooks to the folder from which nbgrader grades."""
    release = nbformat.read(Lesson(lesson.assignment, COURSE).release, as_version=4)
    known = lesson_wrong_answers(lesson.source.parent)
    for student, text in sample_submissions(release, known).items():
        path = COURSE / "submitted" / student / lesson.assignment / f"{lesson.name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")


def run(*arguments: str) -> None:
    """Run one nbgrader command; if it fails, print where its log is."""
    log = COURSE / "nbgrader.log"
    if run_nbgrader(*arguments, course=ROOT, root=COURSE, log=log):
        print(f"nbgrader {' '.join(arguments)} failed; its log is {log}.")


def print_points(rows: list[Points]) -> None:
    """Print the points of each student for each exercise."""
    width = max(len(row.exercise) for row in rows)
    print(f"\n{'student':16} {'lesson':10} {'exercise':{width}} points")
    for row in rows:
        pending = "  waits for manual grading" if row.pending else ""
        print(
            f"{row.student:16} {row.lesson:10} {row.exercise:{width}} "
            f"{row.points:3g} of {row.maximum:g}{pending}"
        )


def print_sums(rows: list[Points]) -> None:
    """Print the sum of each student's points in each lesson."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        sums[row.student, row.lesson] += row.points
    assignments = sorted({assignment for _, assignment in sums})
    print(f"\n{'sum':16} {' '.join(f'{assignment:>10}' for assignment in assignments)}")
    for student in sorted({student for student, _ in sums}):
        columns = " ".join(f"{sums[student, assignment]:10g}" for assignment in assignments)
        print(f"{student:16} {columns}")


def print_notes() -> None:
    """Print the grader's notes on submissions."""
    print("\nNotes of the grader:")
    for (student, assignment), notes in read_notes(COURSE / "autograded").items():
        for note in notes:
            print(f"{student:16} {assignment:10} {note}")


def print_files() -> None:
    """Print where the results are."""
    for content, name in (
        ("feedback", "feedback"),
        ("grades as CSV", "grades.csv"),
        ("gradebook", "gradebook.db"),
        ("nbgrader's log", "nbgrader.log"),
    ):
        print(f"{content + ':':16} {(COURSE / name).relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
