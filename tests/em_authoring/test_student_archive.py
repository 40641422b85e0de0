"""The students' archive: nothing that is not theirs, and two commands to a first passed check."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from em_authoring import student_archive
from em_authoring.lesson_paths import ROOT, Lesson, all_lessons
from tests.support.hidden_lines import hidden_lines

KEPT_BACK = {"solutions", "tests", "em_grader", "em_authoring", "docs"}


@pytest.fixture(scope="module")
def contents():
    return student_archive.archive_files()


def test_it_holds_every_lesson_the_library_and_how_to_begin(contents):
    assert {"README.md", "start.py", "LICENSE", "pyproject.toml", "environment.yml"} <= set(
        contents
    )
    for lesson in all_lessons():
        text = contents[f"course/{lesson.assignment}/{lesson.name}.ipynb"]
        assert text == lesson.release.read_bytes()
        assert contents[f"em_helpers/checks/originals/{lesson.assignment}.ipynb"] == text
    assert "em_helpers/datasets/data/faithful.csv" in contents
    assert "em_helpers/plots/course.mplstyle" in contents
    types = [*Path(ROOT, "em_helpers").rglob("*.pyi"), *Path(ROOT, "em_helpers").rglob("py.typed")]
    assert {path.relative_to(ROOT).as_posix() for path in types} <= set(contents)


def test_nothing_of_solutions_tests_or_grading_is_in_it(contents):
    for path in contents:
        assert not set(Path(path).parts) & KEPT_BACK
        assert not path.endswith((".pyc", ".db"))
        assert "wrong_answers" not in path
    notebooks = {path: text.decode() for path, text in contents.items() if path.endswith(".ipynb")}
    for lesson in all_lessons():
        for secret in hidden_lines(lesson):
            for path in notebooks:
                if lesson.assignment in path:
                    assert secret not in notebooks[path]
    for text in contents.values():
        assert b"BEGIN HIDDEN TESTS" not in text
        assert b"BEGIN SOLUTION" not in text


def test_the_library_in_it_imports_nothing_that_was_kept_back(contents):
    for path, text in contents.items():
        if path.endswith(".py"):
            assert not re.search(
                r"^\s*(from|import) em_(grader|authoring)", text.decode(), re.MULTILINE
            )


def test_pip_and_conda_install_what_the_course_does(contents):
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    theirs = tomllib.loads(contents["pyproject.toml"].decode())["project"]
    for key in ("name", "version", "requires-python", "dependencies"):
        assert theirs[key] == ours[key]
    extras = ours["optional-dependencies"]
    assert theirs["optional-dependencies"] == {"dask": extras["dask"]}, "no grading"
    assert theirs["scripts"] == {"em-check": ours["scripts"]["em-check"]}, "no grading"
    conda = yaml.safe_load(contents["environment.yml"])
    assert conda["dependencies"] == [
        f"python{ours['requires-python']}", "pip", *ours["dependencies"], {"pip": ["."]},
    ]  # fmt: skip


def test_the_archive_is_the_same_twice_and_unzips_into_one_folder(contents, tmp_path):
    for name in ("a.zip", "b.zip"):
        student_archive.write_archive(tmp_path / name, contents)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as there:
        assert {name.split("/")[0] for name in there.namelist()} == {"em-course"}
        assert len(there.namelist()) == len(contents)


def test_a_lesson_that_is_not_built_is_named(tmp_path):
    lesson = Lesson("09-example", tmp_path)
    lesson.source.parent.mkdir(parents=True)
    lesson.source.write_text("# x\n")
    with pytest.raises(FileNotFoundError, match="make notebooks LESSON=09-example"):
        student_archive.archive_files(tmp_path)


def test_the_command_writes_one_file_and_says_where(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(student_archive, "ROOT", tmp_path)
    monkeypatch.setattr(
        student_archive, "archive_files", lambda: {"b/c.py": b"x = 1", "a.md": b"text"}
    )
    place = tmp_path / "build" / "course.zip"
    assert student_archive.main(place) == 0
    assert Path(capsys.readouterr().out.strip()) == Path("build/course.zip")
    with zipfile.ZipFile(place) as written:
        assert written.namelist() == ["em-course/a.md", "em-course/b/c.py"]
        assert written.read("em-course/b/c.py") == b"x = 1"


def test_a_lesson_that_was_not_released_is_told_and_nothing_written(tmp_path, monkeypatch, capsys):
    def missing():
        raise FileNotFoundError("course/03-e-step is not there: make notebooks")

    monkeypatch.setattr(student_archive, "archive_files", missing)
    assert student_archive.main(tmp_path / "course.zip") == 1
    assert "make notebooks" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_two_commands_of_its_readme_lead_to_a_first_passed_check(contents, tmp_path):
    student_archive.write_archive(tmp_path / "em-course.zip", contents)
    zipfile.ZipFile(tmp_path / "em-course.zip").extractall(tmp_path)
    folder = tmp_path / "em-course"
    blocks = re.findall(r"^```\n(.*?)^```", (folder / "README.md").read_text("utf-8"), re.M | re.S)
    commands = blocks[0].splitlines()
    assert len(commands) == 2
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME")
    }
    environment["HOME"] = str(tmp_path)
    for command in commands:
        words = [sys.executable if word == "python3" else word for word in command.split()]
        done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
        assert not done.returncode, done.stdout + done.stderr
    assert done.stdout == "passes    shares\n1 of 1 exercises pass their visible checks.\n"
    assert {path.name for path in folder.iterdir()} == {
        ".venv", "README.md", "start.py", "LICENSE", "pyproject.toml", "environment.yml", "course",
        "em_helpers",
    }  # fmt: skip
    python = folder / ".venv" / "bin" / "python"
    used = subprocess.run(
        [python, "-c", "import em_helpers; print(em_helpers.__file__)"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(folder / ".venv") in used.stdout
    metadata = "from importlib.metadata import metadata; print(metadata('em_helpers')"
    extras = subprocess.run(
        [python, "-c", f"{metadata}.get_all('Provides-Extra'))"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert extras.stdout == "['dask']\n", 'pip install "em_helpers[dask]" finds the extra'
