"""Batch grading: what a resumed run keeps, that only one run grades a course, how a run fails."""

import os
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from em_grader import batch_grading, cli, course_lock
from em_grader.batch_grading import ExecutionOptions, failure_summary, grade_class, is_graded
from em_grader.course_lock import exclusive_lock

LESSON = "09-doubling"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with submissions, in which calls of nbgrader are only recorded."""
    for student in ("done", "torn", "anew", "never"):
        (tmp_path / "submitted" / student / LESSON).mkdir(parents=True)
    calls = []

    def autograde(assignment, course, arguments, log, since):
        calls.append((arguments, since))
        return 0

    monkeypatch.setattr(batch_grading, "autograde", autograde)
    monkeypatch.setattr(batch_grading, "has_assignment", lambda gradebook, assignment: True)
    return tmp_path, calls


def graded(course, student, mode=0o444):
    folder = course / "autograded" / student / LESSON
    folder.mkdir(parents=True)
    notebook = folder / "doubling.ipynb"
    notebook.write_text("{}")
    notebook.chmod(mode)
    return folder


def test_a_resumed_run_keeps_completely_graded_submissions(course):
    folder, calls = course
    (folder / f".em-grade-{LESSON}").touch()
    os.utime(folder / f".em-grade-{LESSON}", ns=(1, 1))
    done, torn = graded(folder, "done"), graded(folder, "torn", 0o644)
    anew = graded(folder, "anew")
    (folder / "submitted" / "anew" / LESSON / "timestamp.txt").write_text("2030-01-01 UTC")
    assert grade_class(LESSON, folder, ExecutionOptions("landlock", 3), resume=True) == 0
    assert (done.exists(), torn.exists(), anew.exists()) == (True, False, False)
    ((arguments, since),) = calls
    assert "--SandboxExecute.sandbox=landlock" in arguments
    assert "--SandboxExecute.jobs=3" in arguments
    assert "--force" not in arguments
    assert since == 1
    assert not (folder / f".em-grade-{LESSON}").exists(), "the run was completed"


def test_a_run_without_resume_grades_everybody(course):
    folder, calls = course
    done = graded(folder, "done")
    assert grade_class(LESSON, folder, ExecutionOptions()) == 0
    assert done.exists(), "nbgrader itself replaces it"
    assert calls[0][0][-1] == "--force"
    assert not is_graded(done, calls[0][1])


def test_a_failed_run_can_be_resumed(course, monkeypatch, capsys):
    folder, _ = course

    def fails(assignment, course, arguments, log, since):
        log.write("[AutogradeApp | ERROR] the disk is full\n")
        log.flush()
        return 1

    monkeypatch.setattr(batch_grading, "autograde", fails)
    assert grade_class(LESSON, folder, ExecutionOptions()) == 1
    assert "the disk is full" in capsys.readouterr().err
    assert (folder / f".em-grade-{LESSON}").exists()


def test_a_second_run_in_a_course_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(course_lock, "_PATIENCE", 0.15)
    log = tmp_path / "em-grade.log"
    with exclusive_lock(log) as output:
        output.write("of the first run")
        output.flush()
        with (
            pytest.raises(ValueError, match=f"already grading in {tmp_path}; wait"),
            exclusive_lock(log),
        ):
            pytest.fail("two runs at once")
        assert log.read_text() == "of the first run"
    with exclusive_lock(log):
        assert log.read_text() == ""


def test_a_submission_that_is_being_removed_is_not_is_graded(tmp_path):
    folder = graded(tmp_path, "done")
    (folder / "gone.ipynb").symlink_to("nowhere")
    assert not is_graded(folder)


def test_the_summary_holds_the_last_errors_of_the_log_once(tmp_path):
    log = tmp_path / "em-grade.log"
    errors = "".join(f"[AutogradeApp | ERROR] fault {n}\n" for n in (1, 2, 3, 4, 4))
    log.write_text(f"Traceback\n{errors}[AutogradeApp | INFO] well\n")
    summary = failure_summary(log)
    assert [f"fault {n}" in summary for n in (1, 2, 3, 4)] == [False, True, True, True]
    assert summary.count("fault 4") == 1
    log.write_text("no more memory\n")
    assert str(log) in failure_summary(log)


@pytest.mark.slow
def test_a_folder_that_a_stopped_run_left_is_not_is_graded(tmp_path):
    assert not is_graded(tmp_path)
    notebook = tmp_path / "a.ipynb"
    notebook.write_text("{}")
    assert not is_graded(tmp_path)
    notebook.chmod(0o444)
    assert is_graded(tmp_path)


@pytest.mark.slow
def test_a_lesson_that_the_gradebook_lacks_is_reported_before_anything_runs(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / "submitted" / "a student" / "03-e-step").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    for _ in ("no gradebook", "an empty one"):
        assert cli.main(["03-e-step"]) == 2
        message = capsys.readouterr().err
        assert "has no assignment 03-e-step; run nbgrader generate_assignment 03-e-step" in message
        Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}").close()
    assert not (tmp_path / "autograded").exists()


@pytest.mark.slow
def test_the_gradebook_is_where_the_configuration_says(tmp_path, monkeypatch):
    (tmp_path / "submitted" / "a student" / "03-e-step").mkdir(parents=True)
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    Path(tmp_path, "nbgrader_config.py").write_text(f"c.CourseDirectory.db_url = {url!r}\n")
    with Gradebook(url) as gradebook:
        gradebook.add_assignment("03-e-step")
    graded = []

    def autograde(*arguments, **options):
        graded.append(arguments)
        return 0

    monkeypatch.setattr(batch_grading, "autograde", autograde)
    table = tmp_path / "grades.csv"
    assert batch_grading.grade_class("03-e-step", tmp_path, ExecutionOptions(), table) == 0
    assert graded[0][0] == "03-e-step"
    assert table.read_text().startswith("student,lesson,exercise")
    assert not (tmp_path / "gradebook.db").exists()
