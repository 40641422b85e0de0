"""Grade submissions in a copy of a course directory, and write the copy's results back."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from em_grader.batch_grading import ExecutionOptions, autograde, failure_summary
from em_grader.gradebook_transfer import Rows, copy_gradebook, replace_gradebook
from em_grader.nbgrader_command import run_nbgrader


@dataclass(frozen=True)
class ScratchCourse:
    """A copy of what is needed to grade one lesson of a course."""

    assignment: str
    course: Path  # the course directory that was copied
    gradebook_url: str  # address of the course's gradebook
    folder: Path  # the copy, with a gradebook in a SQLite file
    copied_rows: Rows  # the rows of the course's gradebook when it was copied

    @property
    def scratch_url(self) -> str:
        """Address of the copied gradebook."""
        return _scratch_url(self.folder)

    def grade(self, options: ExecutionOptions, log: TextIO) -> None:
        """Grade the copied submissions by the lesson's hidden tests as they are now.

        Raises ``ValueError`` if nbgrader failed.
        """
        database = f"--CourseDirectory.db_url={self.scratch_url}"
        status = run_nbgrader(
            "generate_assignment",
            self.assignment,
            "--force",
            database,
            course=self.course,
            log=log,
            root=self.folder,
            die_with_parent=True,
        )
        if status == 0:
            arguments = [*options.nbgrader_arguments(), database]
            status = autograde(self.assignment, self.course, arguments, log, self.folder)
        if status:
            raise ValueError(f"{failure_summary(Path(log.name))}\nNothing was written.")

    def write_back(self, students: list[str]) -> None:
        """Replace the gradebook in one transaction, then the release and graded notebooks.

        The students are those whose graded notebooks differ from the course's. Raises
        ``GradebookChangedError``, before anything is written, if another process has written to the
        course's gradebook.
        """
        replace_gradebook(self.gradebook_url, self.copied_rows, self.scratch_url)
        for part in ("course", *(f"autograded/{student}" for student in students)):
            target = self.course / part / self.assignment
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(self.folder / part / self.assignment, target)


def copy_course(
    assignment: str, course: Path, gradebook_url: str, students: list[str], folder: Path
) -> ScratchCourse:
    """Copy the gradebook, a lesson's source and some students' submissions to an empty folder."""
    rows = copy_gradebook(gradebook_url, _scratch_url(folder))
    for part in ("solutions", *(f"submitted/{student}" for student in students)):
        shutil.copytree(course / part / assignment, folder / part / assignment, symlinks=True)
    return ScratchCourse(assignment, course, gradebook_url, folder, rows)


def _scratch_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'gradebook.db'}"
