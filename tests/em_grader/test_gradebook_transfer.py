"""Copying a gradebook to another database and replacing its rows, in SQLite and in PostgreSQL."""

import getpass
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import sqlalchemy
from nbgrader.api import Base, Gradebook

from em_grader import gradebook_transfer
from em_grader.gradebook_transfer import (
    GradebookChangedError,
    copy_gradebook,
    replace_gradebook,
    require_supported,
)
from em_grader.read_gradebook import display_name, has_assignment

LESSON = "09-doubling"
CELL = "test-double", "doubling", LESSON


@pytest.fixture(scope="module")
def postgresql():
    """The address of a PostgreSQL server that belongs to this test, where one can be started."""
    pytest.importorskip("psycopg", reason="needs psycopg")
    if shutil.which("initdb") is None:
        pytest.skip("needs PostgreSQL's server")
    user = "postgres" if getpass.getuser() == "root" else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        data, sockets = folder / "data", folder / "sockets"
        for path in (data, sockets):
            path.mkdir(0o700)
            if user:
                shutil.chown(path, user)

        def run(*command):
            options = {"user": user, "group": user, "extra_groups": []} if user else {}
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=data, **options)

        run("initdb", "-D", data, "-A", "trust", "-U", "em")
        options = f"-k {sockets} -c listen_addresses= -c fsync=off"
        run("pg_ctl", "-w", "-D", data, "-o", options, "-l", data / "log", "start")
        try:
            yield f"postgresql+psycopg://em@/postgres?host={sockets}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "-D", data, "stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def gradebook_url(request, tmp_path):
    """A gradebook with one submission that has one point."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'points.db'}"
    else:
        url = request.getfixturevalue("postgresql")
        empty(url)
    assert not has_assignment(url, LESSON)
    with Gradebook(url) as gradebook:
        gradebook.add_assignment(LESSON)
        gradebook.add_notebook("doubling", LESSON)
        gradebook.add_grade_cell(*CELL, max_score=3, cell_type="code")
        for number in range(9):
            gradebook.add_source_cell(f"cell-{number}", *CELL[1:], cell_type="code")
        gradebook.add_student("ada")
        gradebook.add_submission(LESSON, "ada")
        gradebook.find_grade(*CELL, "ada").auto_score = 1
        gradebook.db.commit()
    return url


def empty(url):
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        Base.metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    engine.dispose()


def points(url):
    with Gradebook(url) as gradebook:
        return gradebook.find_grade(*CELL, "ada").auto_score


def set_points(url, score):
    with Gradebook(url) as gradebook:
        gradebook.find_grade(*CELL, "ada").auto_score = score
        gradebook.db.commit()


def test_a_copy_is_a_gradebook_and_can_take_the_place_of_its_original(gradebook_url, tmp_path):
    copy = f"sqlite:///{tmp_path / 'copy.db'}"
    rows = copy_gradebook(gradebook_url, copy)
    assert has_assignment(copy, LESSON)
    assert points(copy) == 1
    set_points(copy, 3)
    replace_gradebook(gradebook_url, rows, copy)
    assert points(gradebook_url) == 3
    assert copy_gradebook(gradebook_url, f"sqlite:///{tmp_path / 'second.db'}") != rows


def test_cells_keep_their_order(gradebook_url, tmp_path):
    copy = f"sqlite:///{tmp_path / 'copy.db'}"
    rows = copy_gradebook(gradebook_url, copy)
    replace_gradebook(gradebook_url, rows, copy)
    for url in (copy, gradebook_url):
        with Gradebook(url) as gradebook:
            cells = gradebook.find_notebook(*CELL[1:]).source_cells
            assert [cell.name for cell in cells] == [f"cell-{number}" for number in range(9)]


def test_a_gradebook_that_was_changed_since_is_not_replaced(gradebook_url, tmp_path):
    copy = f"sqlite:///{tmp_path / 'copy.db'}"
    rows = copy_gradebook(gradebook_url, copy)
    set_points(copy, 3)
    set_points(gradebook_url, 2)
    with pytest.raises(GradebookChangedError, match=r"changed meanwhile.*nothing was written"):
        replace_gradebook(gradebook_url, rows, copy)
    assert points(gradebook_url) == 2


def test_a_failure_midway_leaves_the_gradebook_as_it_was(gradebook_url, tmp_path, monkeypatch):
    copy = f"sqlite:///{tmp_path / 'copy.db'}"
    rows = copy_gradebook(gradebook_url, copy)

    def fails(connection, rows):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(gradebook_transfer, "_insert", fails)
    with pytest.raises(RuntimeError, match="power"):
        replace_gradebook(gradebook_url, rows, copy)
    assert points(gradebook_url) == 1


def test_a_gradebook_that_is_being_written_is_not_replaced(tmp_path, monkeypatch):
    url, copy = (f"sqlite:///{tmp_path / name}" for name in ("points.db", "copy.db"))
    monkeypatch.setattr(gradebook_transfer, "_PATIENCE", 0.1)
    with Gradebook(url) as gradebook:
        gradebook.add_student("ada")
    rows = copy_gradebook(url, copy)
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(ValueError, match="cannot be locked, so nothing was written"):
            replace_gradebook(url, rows, copy)
    engine.dispose()


def test_other_databases_are_refused():
    require_supported("sqlite:///gradebook.db")
    require_supported("postgresql+psycopg://host/points")
    with pytest.raises(ValueError, match=r"a gradebook in mysql .* nothing was started"):
        require_supported("mysql://host/points")


def test_messages_show_a_path_or_an_address_without_its_password():
    assert display_name("sqlite:////srv/points.db") == "/srv/points.db"
    assert display_name("postgresql://em:secret@host/points") == "postgresql://em:***@host/points"
