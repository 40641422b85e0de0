"""``python -m em_grader.demo``: from the lessons' sources to the sample class's grades.

Everything happens in ``build/demo``; the checkout stays as it is.
"""

import os
import shutil
import sys
from collections import Counter

import nbformat

from em_authoring.lesson import ROOT, Lesson, lessons
from em_authoring.lesson_source import read
from em_authoring.wrong_answers import lesson_wrong_answers
from em_grader.demo.expected_points import differences
from em_grader.demo.sample_submissions import submissions
from em_grader.gradebook import notes, points, write_csv
from em_grader.nbgrader_command import nbgrader

COURSE = ROOT / "build" / "demo"
LESSONS = ("03-e-step", "04-m-step")


def main():
    """Grade the sample class, print its grades; the exit status says if they are as expected."""
    if sys.platform != "linux":
        print("The sandbox needs Linux; the sample class is trusted, so it is graded without one.")
        os.environ["EM_SANDBOX"] = "none"
    shutil.rmtree(COURSE, ignore_errors=True)
    for lesson in (each for each in lessons() if each.assignment in LESSONS):
        print(f"{lesson.assignment}: building, handing in, grading", flush=True)
        build(lesson)
        hand_in(lesson)
        run("autograde", lesson.assignment)
        run("generate_feedback", lesson.assignment)
    rows = points(f"sqlite:///{COURSE / 'gradebook.db'}")
    write_csv(COURSE / "grades.csv", rows)
    show(rows)
    unexpected = differences(rows)
    for line in unexpected:
        print(f"NOT AS EXPECTED: {line}")
    return bool(unexpected)


def build(lesson):
    """Build the instructors' notebook from its source, and the release with nbgrader."""
    place = Lesson(lesson.assignment, COURSE)
    place.solution.parent.mkdir(parents=True)
    nbformat.write(read(lesson), place.solution)
    shutil.copytree(lesson.wrong_answers, place.wrong_answers)
    run("generate_assignment", lesson.assignment)


def hand_in(lesson):
    """Put the sample class's notebooks where nbgrader collects them."""
    release = nbformat.read(Lesson(lesson.assignment, COURSE).release, as_version=4)
    for student, text in submissions(release, lesson_wrong_answers(lesson.source.parent)).items():
        place = COURSE / "submitted" / student / lesson.assignment / f"{lesson.name}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8")


def run(*arguments):
    """One nbgrader command; where it fails, say so and where to read why."""
    log = COURSE / "nbgrader.log"
    if nbgrader(*arguments, course=COURSE, log=log):
        print(f"nbgrader {' '.join(arguments)} did not go through; {log} says why.")


def show(rows):
    """Print the grades, what grading noticed, and where everything lies."""
    width = max(len(row.exercise) for row in rows)
    print(f"\n{'student':16} {'lesson':10} {'exercise':{width}} points")
    for row in rows:
        pending = "  the instructor decides" if row.pending else ""
        print(
            f"{row.student:16} {row.lesson:10} {row.exercise:{width}} "
            f"{row.points:3g} of {row.maximum:g}{pending}"
        )
    show_sums(rows)
    print("\nNoticed while grading:")
    for (student, lesson), said in notes(COURSE / "autograded").items():
        for note in said:
            print(f"{student:16} {lesson:10} {note}")
    for what, place in (
        ("feedback", "feedback"),
        ("grades as CSV", "grades.csv"),
        ("gradebook", "gradebook.db"),
        ("nbgrader's log", "nbgrader.log"),
    ):
        print(f"{what + ':':16} {(COURSE / place).relative_to(ROOT)}")


def show_sums(rows):
    """Print each student's sum for each lesson."""
    sums = Counter()
    for row in rows:
        sums[row.student, row.lesson] += row.points
    taken = sorted({lesson for _, lesson in sums})
    print(f"\n{'sum':16} {' '.join(f'{lesson:>10}' for lesson in taken)}")
    for student in sorted({student for student, _ in sums}):
        print(f"{student:16} {' '.join(f'{sums[student, lesson]:10g}' for lesson in taken)}")


if __name__ == "__main__":
    sys.exit(main())
