"""Grading a class again after a hidden test was mended: first beside the gradebook, then in it."""

import contextlib
import csv
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, SubmittedAssignment

from em_authoring.lesson import Lesson
from em_authoring.lesson_source import read
from em_grader.batch_grading import alone, autograde, failure_summary, finished, handed_in
from em_grader.feedback.failures import broken
from em_grader.grade_answer import law_in


@dataclass(frozen=True, order=True)
class Change:
    """One student's points for one exercise, before and after.

    Attributes
    ----------
    student, exercise : str
    before, after : float
        By the tests.
    law_before, law_after : str
        What broke; empty where nothing did.
    by_hand : float or None
        What the instructor gave, which counts in place of both.
    """

    student: str
    exercise: str
    before: float
    after: float
    law_before: str
    law_after: str
    by_hand: float | None

    def __str__(self):
        def said(points, law):
            return f"{points:g} ({law})" if law else f"{points:g}"

        kept = "" if self.by_hand is None else f"; {self.by_hand:g} by hand stay"
        before, after = said(self.before, self.law_before), said(self.after, self.law_after)
        return f"{self.student:16} {self.exercise:24} {before} -> {after}{kept}"


def regrade(assignment, course, means, confirm, table=None):
    """Grade again by the lesson's tests as they are now, say who changed, and write it if allowed.

    Everything happens in a copy of the course; nothing of it reaches the course before it is
    confirmed. Points and comments that were given by hand stay.

    Parameters
    ----------
    assignment : str
    course : Path
    means : em_grader.batch_grading.ExecutionOptions
    confirm : callable
        Asked, without arguments, whether to write.
    table : Path, optional
        Write the changes there.

    Returns
    -------
    int
        0 if the gradebook is what the tests say, 1 if it is not.

    Raises
    ------
    ValueError
        Nothing was graded yet, the notebook is not built from its source, the tests cannot be run,
        or the gradebook was changed meanwhile.
    """
    graded = [
        folder.parent.name
        for folder in handed_in(course, assignment)
        if finished(course / "autograded" / folder.parent.name / assignment)
    ]
    if not graded:
        raise ValueError(f"nothing of {assignment} was graded yet: em-grade {assignment} does it.")
    _see_that_it_is_built(Lesson(assignment, course))
    with alone(course / "em-grade.log") as log, tempfile.TemporaryDirectory() as place:
        aside = Path(place)
        with contextlib.closing(sqlite3.connect(course / "gradebook.db", timeout=30)) as book:
            version = _copy(book, course, aside, assignment, graded)
            _run_aside(assignment, course, aside, means, log)
            changes = _settle(course, aside, assignment)
            differ = [
                each
                for each in graded
                if _notebooks(course, each, assignment) != _notebooks(aside, each, assignment)
            ]
            told = [
                each
                for each in differ
                if _shown(course, each, assignment) != _shown(aside, each, assignment)
            ]
            _say(changes, told, len(handed_in(course, assignment)) - len(graded), table)
            if not differ and _contents(course) == _contents(aside):
                return 0
            if not confirm():
                print("Nothing was written.")
                return 1
            _write(book, version, course, aside, assignment, differ)
        return _feedback(assignment, course, told, log)


def _see_that_it_is_built(lesson):
    """A source that was edited after the notebook was built would not count."""
    if lesson.source.exists():
        built = nbformat.read(lesson.solution, as_version=4)
        if [c.source for c in built.cells] != [c.source for c in read(lesson).cells]:
            raise ValueError(
                f"{lesson.solution} is not what {lesson.source.name} says: "
                f"make notebooks LESSON={lesson.assignment} first."
            )


def _copy(book, course, aside, assignment, students):
    """Copy what grading needs; the gradebook's version, which changes as others write to it."""
    version = _version(book)
    with contextlib.closing(sqlite3.connect(aside / "gradebook.db")) as copy:
        book.backup(copy)
    parts = [f"submitted/{student}" for student in students]
    for part in ("solutions", *parts):
        shutil.copytree(course / part / assignment, aside / part / assignment, symlinks=True)
    return version


def _version(book):
    return book.execute("PRAGMA data_version").fetchone()


def _run_aside(assignment, course, aside, means, log):
    root = [f"--CourseDirectory.root={aside}"]
    root += [f"--CourseDirectory.db_url=sqlite:///{aside / 'gradebook.db'}"]
    status = _nbgrader("generate_assignment", assignment, "--force", *root, course=course, log=log)
    status = status or autograde(assignment, course, [*means.options(), *root], log, aside)
    if status:
        raise ValueError(f"{failure_summary(Path(log.name))}\nNothing was written.")


def _nbgrader(*arguments, course, log):
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(
        command, cwd=course, stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=False
    ).returncode


def _settle(course, aside, assignment):
    """What changed; where nothing did, nobody has to look again at points given by hand."""
    with _opened(course) as book, _opened(aside) as again:
        before = {key: _marked(grade) for key, grade in _grades(book, assignment)}
        laws, laws_again = _laws(course, assignment), _laws(aside, assignment)
        changes = []
        for key, grade in _grades(again, assignment):
            was, waiting = before.get(key, (None, True))
            if was == grade.auto_score:
                grade.needs_manual_grade = waiting
            elif grade.auto_score is not None:
                exercise = key[1].removeprefix("test-")
                place = key[0], exercise
                changes.append(
                    Change(
                        *place,
                        was or 0.0,
                        grade.auto_score,
                        laws.get(place, ""),
                        laws_again.get(place, ""),
                        grade.manual_score,
                    )
                )
        again.db.commit()
    return sorted(changes)


def _opened(course):
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}")


def _grades(book, assignment):
    for submission in book.find_assignment(assignment).submissions:
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                yield (submission.student_id, grade.name), grade


def _marked(grade):
    return grade.auto_score, grade.needs_manual_grade


def _laws(course, assignment):
    """What broke, by student and exercise."""
    found = {}
    for path in (course / "autograded").glob(f"*/{assignment}/*.ipynb"):
        for exercise, output, _ in broken(nbformat.read(path, as_version=4)):
            found[path.parts[-3], exercise] = law_in(output)
    return found


def _notebooks(course, student, assignment):
    folder = course / "autograded" / student / assignment
    return {path.name: path.read_bytes() for path in folder.glob("*.ipynb")}


def _shown(course, student, assignment):
    """What feedback shows of the notebooks: a test's own text is not in it."""
    folder = course / "autograded" / student / assignment
    return {
        path.name: [
            (cell.source, cell.get("outputs")) for cell in nbformat.read(path, as_version=4).cells
        ]
        for path in folder.glob("*.ipynb")
    }


def _contents(course):
    """The tests, and everything that a gradebook says of anybody."""
    with _opened(course) as book:
        tests = [
            (assignment.name, cell.name, cell.source, cell.checksum)
            for assignment in book.assignments
            for notebook in assignment.notebooks
            for cell in notebook.source_cells
        ]
        rows = defaultdict(list)
        for submission in book.db.query(SubmittedAssignment):
            for notebook in submission.notebooks:
                who = submission.assignment.name, submission.student_id, notebook.name
                rows[who].append(notebook.late_submission_penalty)
                rows[who] += [
                    (each.name, each.manual_score, each.extra_credit, *_marked(each))
                    for each in notebook.grades
                ]
                rows[who] += [
                    (each.name, each.auto_comment, each.manual_comment)
                    for each in notebook.comments
                ]
    return sorted(tests), {who: sorted(row, key=str) for who, row in rows.items()}


def _say(changes, told, left, table):
    for change in changes:
        print(change)
    students = {change.student for change in changes}
    print(f"Changes: {len(changes)}, of {len(students)} students.")
    others = len(set(told) - students)
    if others:
        print(f"Told something else, at the same points: {others}.")
    if left:
        print(
            f"Left alone, since never graded or handed in anew: {left}; "
            f"em-grade with --resume grades them."
        )
    if table:
        with open(table, "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow([each.name for each in fields(Change)])
            rows.writerows(astuple(change) for change in changes)


def _write(book, version, course, aside, assignment, differ):
    """The gradebook in one piece, then the graded notebooks that differ."""
    if _version(book) != version:
        raise ValueError(
            "the gradebook was changed meanwhile, by Formgrader for example; nothing was written: "
            "regrade again."
        )
    with contextlib.closing(sqlite3.connect(aside / "gradebook.db")) as copy:
        copy.backup(book)
    for part in ("course", *(f"autograded/{student}" for student in differ)):
        shutil.rmtree(course / part / assignment, ignore_errors=True)
        shutil.copytree(aside / part / assignment, course / part / assignment)


def _feedback(assignment, course, told, log):
    """Make feedback anew where there was some."""
    had = {path.parent.name for path in (course / "feedback").glob(f"*/{assignment}")}
    if not had & set(told):
        return 0
    others = {path.parent.name for path in (course / "autograded").glob(f"*/{assignment}")}
    others -= had & set(told)
    leave = [f"--CourseDirectory.student_id_exclude={','.join(sorted(others))}"] if others else []
    options = ["generate_feedback", assignment, "--force", *leave]
    if _nbgrader(*options, course=course, log=log):
        print(
            f"The feedback could not be made anew:\n{failure_summary(Path(log.name))}",
            file=sys.stderr,
        )
        return 1
    print(f"Feedback made anew: {len(had & set(told))}; nbgrader release_feedback hands it out.")
    return 0
