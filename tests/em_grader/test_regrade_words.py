"""What ``em-grade regrade`` asks and says, also where nbgrader does not go through."""

import io

import pytest

from em_grader import cli
from em_grader.batch_grading import ExecutionOptions
from em_grader.feedback import regrade
from em_grader.feedback.regrade import Change

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


def test_changes_are_said_and_who_was_left_alone(capsys, tmp_path):
    changes = [
        Change("a", "double", 0.0, 3.0, "a law", "", None),
        Change("a", "halve", 4.0, 0.0, "", "finite", 2.5),
    ]
    regrade._say(changes, ["a", "b", "c"], 2, tmp_path / "table.csv")
    said = capsys.readouterr().out
    assert "0 (a law) -> 3\n" in said
    assert "4 -> 0 (finite); 2.5 by hand stay\n" in said
    assert "Changes: 2, of 1 students." in said
    assert "Told something else, at the same points: 2." in said
    assert "Left alone, since never graded or handed in anew: 2; em-grade with --resume" in said
    assert (tmp_path / "table.csv").read_text().splitlines()[2] == "a,halve,4.0,0.0,,finite,2.5"


@pytest.fixture
def failing(monkeypatch, tmp_path):
    """A course in which nbgrader fails, and its log."""

    def fails(*arguments, course, log):
        log.write(f"[{arguments[0]} | ERROR] the disk is full\n")
        log.flush()
        return 1

    monkeypatch.setattr(regrade, "_nbgrader", fails)
    with open(tmp_path / "log", "w", encoding="utf-8") as log:
        yield tmp_path, log


def test_where_nbgrader_fails_nothing_is_written(failing):
    course, log = failing
    with pytest.raises(ValueError, match=r"the disk is full\nNothing was written\."):
        regrade._run_aside(LESSON, course, course / "aside", ExecutionOptions(), log)


def test_feedback_is_made_anew_where_there_was_some(failing, capsys):
    course, log = failing
    assert regrade._feedback(LESSON, course, ["a"], log) == 0, "there is none"
    for folder in ("feedback/a", "feedback/b", "autograded/a", "autograded/b"):
        (course / folder / LESSON).mkdir(parents=True)
    assert regrade._feedback(LESSON, course, ["c"], log) == 0, "it is another's"
    assert regrade._feedback(LESSON, course, ["a", "c"], log) == 1
    said = capsys.readouterr().err
    assert "The feedback could not be made anew" in said
    assert "the disk is full" in said
