"""``em-grade``'s commands, options and exit statuses."""

import re

import pytest

from em_grader import batch_grading, cli
from em_grader.batch_grading import ExecutionOptions


@pytest.fixture
def graded(monkeypatch):
    """The arguments of each call that grades a class."""
    calls = []

    def grade_class(*arguments):
        calls.append(arguments)
        return 1

    monkeypatch.setattr(batch_grading, "grade_class", grade_class)
    return calls


def test_help_lists_every_command(capsys):
    assert cli.main(["--help"]) == 0
    listed = re.findall(r"^  (\w+)  ", capsys.readouterr().out, re.MULTILINE)
    assert listed == ["grade", "regrade", "report", "try", "replay", "doctor"]


@pytest.mark.parametrize("command", cli.em_grade.commands)
def test_every_option_is_described(command, capsys):
    assert cli.main([command, "--help"]) == 0
    assert "Usage: em-grade " + command in capsys.readouterr().out
    for option in cli.em_grade.commands[command].params:
        assert option.param_type_name == "argument" or option.help


@pytest.mark.parametrize("form", [[], ["grade"]])
@pytest.mark.parametrize("last", [False, True])
def test_a_lesson_alone_is_graded(form, last, graded, tmp_path):
    options = ["--sandbox=none", "--jobs=3", "--scheduler=tcp://a:1", "--csv=p.csv", "--resume"]
    options += [f"--course={tmp_path}"]
    lesson = ["03-e-step"]
    status = cli.main([*form, *options, *lesson] if last else [*form, *lesson, *options])
    assert status == 1, "that of the command"
    ((assignment, course, execution, table, resume),) = graded
    assert (assignment, course, resume) == ("03-e-step", tmp_path, True)
    assert execution == ExecutionOptions("none", 3, "tcp://a:1")
    assert table.name == "p.csv"


def test_defaults_are_this_folder_and_every_processor(graded, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cli.main(["03-e-step"])
    assert graded == [("03-e-step", tmp_path, ExecutionOptions(), None, False)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Commands:"),
        (["03-e-step", "--none"], "No such option"),
        (["03-e-step", "--sandbox=paper"], "is not one of"),
        (["03-e-step", "--course=/nowhere"], "does not exist"),
        (["replay", "ada"], "Missing argument 'EXERCISE'"),
        (["09-nothing"], "holds no submission to 09-nothing"),
        (["regrade", "09-nothing"], "nothing of 09-nothing was graded yet"),
    ],
)
def test_what_cannot_be_started_ends_with_2(arguments, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.slow
def test_the_doctor_says_what_holds(capsys):
    assert cli.main(["doctor"]) == 0
    assert "no network" in capsys.readouterr().out
