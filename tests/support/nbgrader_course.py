"""A course folder with one lesson, in which nbgrader's commands release, collect and grade."""

import shutil

import nbformat

from em_authoring.lesson_paths import ROOT, Lesson
from em_authoring.lesson_source import read_lesson_source
from em_grader.exercise_result import stored_results
from em_grader.nbgrader_command import run_nbgrader
from em_grader.read_gradebook import read_points


class NbgraderCourse:
    """nbgrader's own commands on a copy of one lesson.

    Parameters
    ----------
    lesson : Lesson
        Its source may lie elsewhere.
    folder : Path
        An empty folder.
    """

    def __init__(self, lesson, folder):
        self.source, self.folder = lesson, folder
        self.lesson = Lesson(lesson.assignment, folder)
        self.log = folder / "nbgrader.log"
        self.lesson.solution.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(read_lesson_source(lesson), self.lesson.solution)
        if lesson.wrong_answers.exists():
            shutil.copytree(lesson.wrong_answers, self.lesson.wrong_answers)
        assert self.run("generate_assignment") == 0, self.log.read_text()

    def run(self, command, *arguments):
        """One nbgrader command on the lesson; its exit status."""
        return run_nbgrader(
            command,
            self.lesson.assignment,
            *arguments,
            course=ROOT,
            root=self.folder,
            log=self.log,
        )

    def release(self):
        """The students' notebook."""
        return nbformat.read(self.lesson.release, as_version=4)

    def filled(self, answers):
        """The students' notebook with these answers, by name."""
        notebook = self.release()
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(name, cell.source)
        return notebook

    def hand_in(self, student, content):
        """Put a notebook, or bytes, where nbgrader collects them; the file's path."""
        folder = self.folder / "submitted" / student / self.lesson.assignment
        folder.mkdir(parents=True)
        path = folder / self.lesson.release.name
        text = content if isinstance(content, bytes) else nbformat.writes(content).encode()
        path.write_bytes(text)
        return path

    def points(self):
        """{student: {exercise: points}}."""
        table = {}
        for row in read_points(f"sqlite:///{self.folder / 'gradebook.db'}"):
            table.setdefault(row.student, {})[row.exercise] = row.points
        return table

    def graded(self, student):
        """The notebook in autograded/."""
        name = self.lesson.release.name
        path = self.folder / "autograded" / student / self.lesson.assignment / name
        return nbformat.read(path, as_version=4)

    def failure(self, student, exercise):
        """The failure of an exercise's hidden test, or None."""
        results = stored_results(self.graded(student).metadata)
        return next(result.failure for result in results if result.exercise == exercise)

    def verdict(self, student, exercise, kind="test"):
        """The error of an exercise's hidden test, or of its check, as (name, message), or None."""
        error = self.error(student, exercise, kind)
        return error and (error.ename, error.evalue)

    def error(self, student, exercise, kind="test"):
        """The output of an exercise's hidden test, or check, where it was lost, or None."""
        for cell in self.graded(student).cells:
            if cell["id"] == f"{kind}-{exercise}":
                return next((o for o in cell.outputs if o.output_type == "error"), None)
        raise KeyError(exercise)
