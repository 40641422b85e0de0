"""What ``em-grade regrade`` asks and prints, also when nbgrader fails."""

import io

import pytest

from em_grader import cli
from em_grader.batch_grading import ExecutionOptions
from em_grader.feedback import regrade, scratch_course
from em_grader.feedback.regrade_changes import Change, write_changes
from em_grader.feedback.scratch_course import ScratchCourse

LESSON = "09-doubling"


@pytest.mark.parametrize(
    ("terminal", "options", "answer", "written"),
    [
        (True, [], "yes", True),
        (True, [], " YES ", True),
        (True, [], "y", False),
        (True, ["--yes"], None, True),
        (False, [], None, False),
        (False, ["--yes"], None, True),
    ],
)
def test_only_a_yes_writes(terminal, options, answer, written, monkeypatch, tmp_path):
    class Input(io.StringIO):
        def isatty(self):
            return terminal

    asked = []

    def answers(question):
        asked.append(question)
        return answer

    monkeypatch.setattr("sys.stdin", Input())
    monkeypatch.setattr("builtins.input", answers)
    monkeypatch.setattr(regrade, "regrade", lambda *given: int(given[3]()))
    assert cli.main(["regrade", LESSON, f"--course={tmp_path}", *options]) == int(written)
    assert len(asked) == (answer is not None)


def test_changes_are_printed_and_submissions_left_out_are_counted(capsys, tmp_path):
    changes = [
        Change("a", "double", 0.0, 3.0, "a law", "", None),
        Change("a", "halve", 4.0, 0.0, "", "finite", 2.5),
    ]
    regrade._print_changes(changes, ["a", "b", "c"], 2)
    write_changes(tmp_path / "table.csv", changes)
    printed = capsys.readouterr().out
    assert "0 (a law) -> 3\n" in printed
    assert "4 -> 0 (finite); 2.5 by hand stay\n" in printed
    assert "Changed points: 2 (students: 1)." in printed
    assert "same points but other feedback: 2." in printed
    assert "submitted again: 2; em-grade with --resume grades them." in printed
    assert (tmp_path / "table.csv").read_text().splitlines()[2] == "a,halve,4.0,0.0,,finite,2.5"


@pytest.fixture
def failing(monkeypatch, tmp_path):
    """A course in which nbgrader fails, and its log."""

    def fails(*arguments, course, log, **options):
        log.write(f"[{arguments[0]} | ERROR] the disk is full\n")
        log.flush()
        return 1

    monkeypatch.setattr(regrade, "run_nbgrader", fails)
    monkeypatch.setattr(scratch_course, "run_nbgrader", fails)
    with open(tmp_path / "log", "w", encoding="utf-8") as log:
        yield tmp_path, log


def test_where_nbgrader_fails_nothing_is_written(failing):
    course, log = failing
    with pytest.raises(ValueError, match=r"the disk is full\nNothing was written\."):
        ScratchCourse(LESSON, course, "", course / "scratch", {}).grade(ExecutionOptions(), log)


def test_feedback_is_generated_again_for_students_who_had_some(failing, capsys):
    course, log = failing
    assert regrade._renew_feedback(LESSON, course, ["a"], log) == 0, "there is none"
    for folder in ("feedback/a", "feedback/b", "autograded/a", "autograded/b"):
        (course / folder / LESSON).mkdir(parents=True)
    assert regrade._renew_feedback(LESSON, course, ["c"], log) == 0, "another student has some"
    assert regrade._renew_feedback(LESSON, course, ["a", "c"], log) == 1
    message = capsys.readouterr().err
    assert "The feedback could not be generated again" in message
    assert "the disk is full" in message
