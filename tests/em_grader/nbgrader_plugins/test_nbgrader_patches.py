"""The changes that the grader makes to nbgrader's own code."""

import datetime
import os
import sqlite3
import subprocess
import sys

import nbgrader.api
import nbgrader.dbutil
import pytest
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from em_authoring.lesson_paths import ROOT
from em_grader.nbgrader_command import run_nbgrader
from em_grader.nbgrader_plugins.nbgrader_patches import apply_patches


@pytest.fixture(autouse=True)
def patched():
    apply_patches()


def test_patches_can_be_applied_twice():
    functions = nbgrader.api.create_engine, CourseDirectory.get_existing_timestamp
    apply_patches()
    assert (nbgrader.api.create_engine, CourseDirectory.get_existing_timestamp) == functions


def test_gradebooks_at_one_address_share_an_engine(tmp_path):
    first, other = (f"sqlite:///{tmp_path / name}.db" for name in "ab")
    with nbgrader.api.Gradebook(first) as gradebook:
        engine = gradebook.engine
        gradebook.add_student("a student")
    with nbgrader.api.Gradebook(first) as gradebook:
        assert gradebook.engine is engine
        assert [student.id for student in gradebook.students] == ["a student"]
    with nbgrader.api.Gradebook(other) as gradebook:
        assert gradebook.engine is not engine
        assert gradebook.students == []


def test_a_gradebook_has_alembics_newest_revision(tmp_path):
    with nbgrader.dbutil._temp_alembic_ini("sqlite://") as settings:
        heads = subprocess.check_output(
            [sys.executable, "-m", "alembic", "-c", settings, "heads"], text=True
        )
    with nbgrader.api.Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}"):
        pass
    with sqlite3.connect(tmp_path / "gradebook.db") as database:
        (version,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    assert heads.split()[0] == version


def test_nothing_is_started_by_name(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with nbgrader.api.Gradebook(url):
        pass
    nbgrader.dbutil.upgrade(url)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"2030-03-01 14:00:00 UTC", datetime.datetime(2030, 3, 1, 14)),
        (b"", None),
        (b"not a time", None),
        (b"\xff\xfe\x00", None),
        (b"9" * 400, None),
    ],
)
def test_a_timestamp_that_cannot_be_read_is_none(content, expected, tmp_path):
    (tmp_path / "timestamp.txt").write_bytes(content)
    assert CourseDirectory().get_existing_timestamp(str(tmp_path)) == expected


def test_a_timestamp_is_not_read_through_a_link(tmp_path):
    (tmp_path / "elsewhere").write_text("2030-03-01 14:00:00 UTC")
    (tmp_path / "timestamp.txt").symlink_to(tmp_path / "elsewhere")
    assert CourseDirectory().get_existing_timestamp(str(tmp_path)) is None


def test_the_configuration_leaves_the_path_alone(monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    assert os.environ["PATH"] == "/usr/bin:/bin"


@pytest.mark.slow
def test_commands_work_where_the_environment_is_not_activated(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    log = tmp_path / "nbgrader.log"
    arguments = ("db", "student", "add", "a-student")
    for _ in range(2):
        assert run_nbgrader(*arguments, course=ROOT, root=tmp_path, log=log) == 0, log.read_text()
    assert log.read_text("utf-8").count("$ nbgrader db student add a-student\n") == 2
    with nbgrader.api.Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        assert [student.id for student in gradebook.students] == ["a-student"]


@pytest.mark.slow
def test_a_command_that_fails_says_so_in_its_status_and_in_the_open_log(tmp_path):
    with open(tmp_path / "log", "w", encoding="utf-8") as log:
        status = run_nbgrader(
            "autograde", "nowhere", course=tmp_path, log=log, die_with_parent=True
        )
    assert status != 0
    assert "nowhere" in (tmp_path / "log").read_text("utf-8")
