"""``em-grade``: what a run keeps of the one before, that it is alone, and how it failed."""

import os

import pytest

from em_grader import batch_grading
from em_grader.batch_grading import ExecutionOptions, alone, failure_summary, finished, grade_class

LESSON = "09-doubling"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with submissions, whose nbgrader only notes with what it was called."""
    for student in ("done", "torn", "anew", "never"):
        (tmp_path / "submitted" / student / LESSON).mkdir(parents=True)
    calls = []

    def autograde(assignment, course, options, output, root, since):
        calls.append((options, since))
        return 0

    monkeypatch.setattr(batch_grading, "autograde", autograde)
    monkeypatch.setattr(batch_grading, "knows", lambda gradebook, assignment: True)
    return tmp_path, calls


def graded(course, student, mode=0o444):
    folder = course / "autograded" / student / LESSON
    folder.mkdir(parents=True)
    notebook = folder / "doubling.ipynb"
    notebook.write_text("{}")
    notebook.chmod(mode)
    return folder


def test_a_run_that_is_taken_up_keeps_what_was_graded_to_its_end(course):
    folder, calls = course
    (folder / f".em-grade-{LESSON}").touch()
    os.utime(folder / f".em-grade-{LESSON}", ns=(1, 1))
    done, torn = graded(folder, "done"), graded(folder, "torn", 0o644)
    anew = graded(folder, "anew")
    (folder / "submitted" / "anew" / LESSON / "timestamp.txt").write_text("2030-01-01 UTC")
    assert grade_class(LESSON, folder, ExecutionOptions("landlock", 3), resume=True) == 0
    assert (done.exists(), torn.exists(), anew.exists()) == (True, False, False)
    ((options, since),) = calls
    assert "--SandboxExecute.sandbox=landlock" in options
    assert "--SandboxExecute.jobs=3" in options
    assert "--force" not in options
    assert since == 1
    assert not (folder / f".em-grade-{LESSON}").exists(), "the run came to its end"


def test_a_run_from_the_start_grades_everybody(course):
    folder, calls = course
    done = graded(folder, "done")
    assert grade_class(LESSON, folder, ExecutionOptions()) == 0
    assert done.exists(), "nbgrader itself replaces it"
    assert calls[0][0][-1] == "--force"
    assert not finished(done, calls[0][1])


def test_a_run_that_failed_can_be_taken_up(course, monkeypatch, capsys):
    folder, _ = course

    def fails(assignment, course, options, output, root, since):
        output.write("[AutogradeApp | ERROR] the disk is full\n")
        output.flush()
        return 1

    monkeypatch.setattr(batch_grading, "autograde", fails)
    assert grade_class(LESSON, folder, ExecutionOptions()) == 1
    assert "the disk is full" in capsys.readouterr().err
    assert (folder / f".em-grade-{LESSON}").exists()


def test_a_second_run_in_a_course_is_told_of_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(batch_grading, "_PATIENCE", 0.15)
    log = tmp_path / "em-grade.log"
    with alone(log) as output:
        output.write("of the first run")
        output.flush()
        with pytest.raises(ValueError, match=f"already grading in {tmp_path}; wait"), alone(log):
            pytest.fail("two at once")
        assert log.read_text() == "of the first run"
    with alone(log):
        assert log.read_text() == ""


def test_a_submission_that_is_being_removed_is_not_finished(tmp_path):
    folder = graded(tmp_path, "done")
    (folder / "gone.ipynb").symlink_to("nowhere")
    assert not finished(folder)


def test_the_last_errors_of_nbgraders_log_are_said_once(tmp_path):
    log = tmp_path / "em-grade.log"
    errors = "".join(f"[AutogradeApp | ERROR] fault {n}\n" for n in (1, 2, 3, 4, 4))
    log.write_text(f"Traceback\n{errors}[AutogradeApp | INFO] well\n")
    said = failure_summary(log)
    assert [f"fault {n}" in said for n in (1, 2, 3, 4)] == [False, True, True, True]
    assert said.count("fault 4") == 1
    log.write_text("no more memory\n")
    assert str(log) in failure_summary(log)
