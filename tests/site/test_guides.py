"""The guides' commands, run in their order by an instructor and a student."""

import getpass
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from em_authoring.known_answers import lesson_wrong_answers
from em_authoring.lesson_paths import ROOT, Lesson, find_lesson
from em_grader.read_gradebook import read_points
from em_helpers.checks.reset_answer import grade_id

LESSON = find_lesson("03-e-step")
COPIED = ("em_helpers", "em_grader", "em_authoring", "docs/example-lesson", "solutions/03-e-step")


def blocks(guide, language):
    """The fenced blocks of a guide in one language."""
    text = (ROOT / "docs" / f"{guide}.md").read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


class Person:
    """Somebody at a terminal."""

    def __init__(self, home, checkout, exchange):
        self.home, self.checkout, self.exchange = home, checkout, exchange
        (home / ".jupyter").mkdir(parents=True)
        (settings,) = blocks("instructor", "python")
        (home / ".jupyter" / "nbgrader_config.py").write_text(self.here(settings))
        self.environment = os.environ | {
            "HOME": str(home),
            "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
            "JUPYTER_DATA_DIR": str(home / ".local"),
            "PYTHONPATH": str(ROOT if checkout is None else checkout),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        }
        self.environment.pop("MAKEFLAGS", None)

    def here(self, text):
        """What a guide says, with this test's exchange and user."""
        text = text.replace("/srv/nbgrader/exchange", str(self.exchange))
        python = shlex.quote(sys.executable)
        text = text.replace("em-grade ", f"{python} -m em_grader.cli ")
        return text.replace("student-1", getpass.getuser())

    def types(self, block, folder):
        """Run each line of a block; returns what was printed."""
        said = ""
        for line in self.here(block).splitlines():
            done = subprocess.run(
                line, shell=True, cwd=folder, env=self.environment, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            assert not done.returncode, f"$ {line}\n{done.stdout}"
            said += done.stdout
        return said


@pytest.fixture
def people(tmp_path):
    checkout = tmp_path / "instructor" / "checkout"
    for part in COPIED:
        shutil.copytree(
            ROOT / part, checkout / part, ignore=shutil.ignore_patterns("__pycache__", "lessons")
        )
    for name in ("Makefile", "constraints.txt", "nbgrader_config.py", "pyproject.toml"):
        shutil.copy2(ROOT / name, checkout)
    (checkout / ".venv").mkdir()
    for part in ("bin", "lib", "pyvenv.cfg", "share"):
        if (Path(sys.prefix) / part).exists():
            (checkout / ".venv" / part).symlink_to(Path(sys.prefix) / part)
    (checkout / ".venv" / "installed").touch()
    exchange = tmp_path / "exchange"
    student = Person(tmp_path / "student", None, exchange)
    return Person(tmp_path / "instructor", checkout, exchange), student


def answer_right(path):
    right = {
        each.exercise: each.source for each in lesson_wrong_answers(LESSON.source.parent).right
    }
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = right.get(grade_id(cell), cell.source)
    nbformat.write(notebook, path)


@pytest.mark.slow
def test_the_guides_commands_take_a_class_from_its_list_to_its_grades(people):
    instructor, student = people
    root, home = instructor.checkout, student.home
    instructs, learns = iter(blocks("instructor", "bash")), iter(blocks("student", "bash"))
    instructor.types(next(instructs), root)
    listed = next(each for each in blocks("instructor", "") if each.startswith("id,"))
    (root / "class.csv").write_text(instructor.here(listed))
    assert "student-2" in instructor.types(next(instructs), root)
    instructor.types(next(instructs), root)

    fetch, submit = next(learns).splitlines()
    student.types(fetch, home)
    answer_right(home / "03-e-step" / "e-step.ipynb")
    student.types(submit, home)

    instructor.types(next(instructs), root)
    instructor.types(next(instructs), root)
    assert sum(row.points for row in read_points(f"sqlite:///{root / 'gradebook.db'}")) == 15
    instructor.types(next(instructs), root)
    assert "e_step,5.0,5.0" in (root / "points.csv").read_text("utf-8")
    assert "5 of 5 points" in instructor.types(next(instructs), root)
    instructor.types(next(instructs), root)
    assert getpass.getuser() in (root / "grades.csv").read_text("utf-8")
    student.types(next(learns), home)
    instructor.types(next(instructs), root)
    assert ",15\n" in (root / "moodle.csv").read_text("utf-8")
    assert "mean 15.0" in (root / "03-e-step-report.html").read_text("utf-8")
    (feedback,) = (home / "03-e-step" / "feedback").rglob("e-step.html")
    assert re.search(r"e-step: 15 of\s+20 points", feedback.read_text("utf-8"))

    instructor.types(next(instructs), root)
    assert "No points have changed." in instructor.types(next(instructs), root)
    instructor.types(next(instructs), root)
    assert sum(row.points for row in read_points(f"sqlite:///{root / 'gradebook.db'}")) == 15

    assert "0 surprises" in instructor.types(next(instructs), root)
    added = Lesson("12-shares", root)
    assert "raise NotImplementedError" in added.release.read_text("utf-8")
    assert "BEGIN HIDDEN" not in added.release.read_text("utf-8")
    assert not list(instructs)
    assert not list(learns)


def test_the_pictures_of_the_guides_are_those_that_the_browser_takes():
    shown = {
        name
        for guide in ("student", "instructor")
        for name in re.findall(
            r"\]\(pictures/([\w-]+)\.png\)", (ROOT / "docs" / f"{guide}.md").read_text("utf-8")
        )
    }
    taken = re.findall(
        r'keep\(page, "([\w-]+)"\)', (ROOT / "tests" / "browser" / "test_lab.py").read_text("utf-8")
    )
    assert shown <= set(taken)
    assert {path.stem for path in (ROOT / "docs" / "pictures").glob("*.png")} == set(taken)


def test_every_target_that_a_guide_names_is_in_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for guide in ("student", "instructor", "archive/README"):
        text = (ROOT / "docs" / f"{guide}.md").read_text("utf-8")
        assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets
