"""``em-grade``: one answer as JSON, what the machine gives, what a stopped run leaves behind."""

import json
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from em_authoring.lesson import find_lesson
from em_authoring.wrong_answers import lesson_wrong_answers
from em_grader import batch_grading, cli
from em_grader.batch_grading import ExecutionOptions, is_graded

pytestmark = pytest.mark.slow

KNOWN = lesson_wrong_answers(find_lesson("03-e-step").source.parent)
EXERCISE = "hard_assignments"


@pytest.mark.parametrize(
    ("source", "points", "law", "hint"),
    [
        next((a.source, 0, a.law, a.hint) for a in KNOWN.wrong if a.exercise == EXERCISE),
        next((a.source, 2, None, None) for a in KNOWN.right if a.exercise == EXERCISE),
    ],
    ids=["wrong", "right"],
)
def test_one_answer_gets_points_a_law_and_the_hint_of_a_wrong_answer(
    source, points, law, hint, tmp_path, capsys
):
    path = tmp_path / "answer.py"
    path.write_text("# an answer\n\n" + source, "utf-8")
    assert cli.main(["try", "03-e-step", EXERCISE, str(path)]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result == {"points": points, "max": 2, "law": law, "hint": hint}


def test_an_unknown_exercise_is_named(tmp_path, capsys):
    path = tmp_path / "answer.py"
    path.write_text("x = 1", "utf-8")
    assert cli.main(["try", "03-e-step", "nothing", str(path)]) == 2
    assert "it has e_step_coins" in capsys.readouterr().err


def test_the_doctor_says_what_holds(capsys):
    assert cli.main(["doctor"]) == 0
    assert "no network" in capsys.readouterr().out


def test_a_folder_that_a_stopped_run_left_is_not_is_graded(tmp_path):
    assert not is_graded(tmp_path)
    notebook = tmp_path / "a.ipynb"
    notebook.write_text("{}")
    assert not is_graded(tmp_path)
    notebook.chmod(0o444)
    assert is_graded(tmp_path)


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
