"""Grade a class again after a hidden test was corrected, and write the changes once confirmed."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import nbformat

from em_authoring.lesson_paths import Lesson
from em_authoring.lesson_source import read_lesson_source
from em_grader.batch_grading import (
    LOG,
    ExecutionOptions,
    failure_summary,
    is_graded,
    submission_folders,
)
from em_grader.course_config import load_course
from em_grader.course_lock import exclusive_lock
from em_grader.exercise_result import stored_results
from em_grader.feedback.regrade_changes import (
    Change,
    feedback_cells,
    find_changes,
    gradebook_contents,
    graded_files,
    restore_review_state,
    write_changes,
)
from em_grader.feedback.scratch_course import copy_course
from em_grader.gradebook_transfer import require_supported
from em_grader.nbgrader_command import run_nbgrader


def regrade(
    assignment: str,
    course: Path,
    options: ExecutionOptions,
    confirm: Callable[[], bool],
    table: Path | None = None,
) -> int:
    """Grade again by the lesson's present hidden tests, print the changes and write them.

    Submissions are graded in a copy of the course. The course is not touched before the changes are
    confirmed. Points and comments given by hand stay.

    Parameters
    ----------
    confirm : callable
        Called without arguments after the changes were printed; returns whether to write them.
    table : Path, optional
        Write the changes to this CSV file.

    Returns
    -------
    int
        0 if the gradebook now agrees with the hidden tests and the feedback with the gradebook,
        1 if not.

    Raises
    ------
    ValueError
        Nothing was graded yet, the notebook was not built from its source, nbgrader failed, or
        another process wrote to the gradebook meanwhile.
    """
    submitted = [folder.parent.name for folder in submission_folders(course, assignment)]
    autograded = course / "autograded"
    graded = [student for student in submitted if is_graded(autograded / student / assignment)]
    if not graded:
        raise ValueError(f"nothing of {assignment} was graded yet: em-grade {assignment} does it.")
    _require_built(Lesson(assignment, course))
    gradebook_url = load_course(course)[1].db_url
    require_supported(gradebook_url)
    with exclusive_lock(course / LOG) as log, tempfile.TemporaryDirectory() as folder:
        scratch = copy_course(assignment, course, gradebook_url, graded, Path(folder))
        scratch.grade(options, log)
        restore_review_state(gradebook_url, scratch.scratch_url, assignment)
        changes = find_changes(
            gradebook_url,
            scratch.scratch_url,
            assignment,
            _laws(course, assignment),
            _laws(scratch.folder, assignment),
        )
        folders = course, scratch.folder
        other_files = _students_that_differ(graded_files, graded, folders, assignment)
        other_feedback = _students_that_differ(feedback_cells, other_files, folders, assignment)
        _print_changes(changes, other_feedback, len(submitted) - len(graded))
        if table:
            write_changes(table, changes)
        if not other_files and (
            gradebook_contents(gradebook_url) == gradebook_contents(scratch.scratch_url)
        ):
            return 0
        if not confirm():
            print("Nothing was written.")
            return 1
        scratch.write_back(other_files)
        return _renew_feedback(assignment, course, other_feedback, log)


def _require_built(lesson: Lesson) -> None:
    """Check that the notebook, which nbgrader reads, was built from the present source."""
    if lesson.source.exists():
        built = nbformat.read(lesson.solution, as_version=4)
        source = read_lesson_source(lesson)
        if [cell.source for cell in built.cells] != [cell.source for cell in source.cells]:
            raise ValueError(
                f"{lesson.solution} was not built from the present {lesson.source.name}: run "
                f"make notebooks LESSON={lesson.assignment} first."
            )


def _laws(course, assignment):
    """The laws that failed, by student and exercise."""
    return {
        (path.parts[-3], result.exercise): result.failure.law
        for path in (course / "autograded").glob(f"*/{assignment}/*.ipynb")
        for result in stored_results(nbformat.read(path, as_version=4).metadata)
        if result.failure
    }


def _students_that_differ(
    read_notebooks: Callable[[Path, str, str], object],
    students: list[str],
    courses: tuple[Path, Path],
    assignment: str,
) -> list[str]:
    """Those of the students of whose notebooks something other is read in the second course."""
    before, after = courses
    return [
        student
        for student in students
        if read_notebooks(before, student, assignment) != read_notebooks(after, student, assignment)
    ]


def _print_changes(changes: list[Change], other_feedback: list[str], left_out: int) -> None:
    for change in changes:
        print(change)
    students = {change.student for change in changes}
    if changes:
        print(f"Changed points: {len(changes)} (students: {len(students)}).")
    else:
        print("No points have changed.")
    same_points = len(set(other_feedback) - students)
    if same_points:
        print(f"Students with the same points but other feedback: {same_points}.")
    if left_out:
        print(
            f"Submissions left out, because they were never graded or were submitted again: "
            f"{left_out}; em-grade with --resume grades them."
        )


def _renew_feedback(assignment: str, course: Path, students: list[str], log: TextIO) -> int:
    """Generate feedback again for those of the students who had some."""
    with_feedback = {path.parent.name for path in (course / "feedback").glob(f"*/{assignment}")}
    renewed = with_feedback & set(students)
    if not renewed:
        return 0
    graded = {path.parent.name for path in (course / "autograded").glob(f"*/{assignment}")}
    excluded = ",".join(sorted(graded - renewed))
    options = [f"--CourseDirectory.student_id_exclude={excluded}"] if excluded else []
    if run_nbgrader("generate_feedback", assignment, "--force", *options, course=course, log=log):
        print(
            f"The feedback could not be generated again:\n{failure_summary(Path(log.name))}",
            file=sys.stderr,
        )
        return 1
    print(
        f"Students whose feedback was generated again: {len(renewed)}; "
        f"nbgrader release_feedback hands it out."
    )
    return 0
