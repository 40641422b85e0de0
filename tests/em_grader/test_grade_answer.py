"""``em-grade try`` grades one answer and prints its result as JSON."""

import json

import pytest

from em_authoring.known_answers import lesson_wrong_answers
from em_authoring.lesson_paths import find_lesson
from em_grader import cli

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
