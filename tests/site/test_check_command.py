"""``em-check``: which exercises pass, and an exercise back at its stub."""

import nbformat
import pytest

from em_authoring import student_archive
from em_authoring.known_answers import lesson_wrong_answers
from em_authoring.lesson_paths import all_lessons, find_lesson
from em_helpers.checks.__main__ import main
from em_helpers.checks.reset_answer import (
    NotFoundError,
    find_notebook,
    grade_id,
    original_notebook,
    reset_answer,
)
from em_helpers.checks.run_checks import run_checks


def answer(path, exercise, source):
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if grade_id(cell) == exercise).source = source
    nbformat.write(notebook, path)


def sources(path):
    return {grade_id(c): c.source for c in nbformat.read(path, as_version=4).cells if grade_id(c)}


@pytest.fixture
def first(tmp_path):
    path = tmp_path / "course" / student_archive.FIRST_ASSIGNMENT / "start-here.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(
        student_archive.archive_files()[
            f"course/{student_archive.FIRST_ASSIGNMENT}/start-here.ipynb"
        ]
    )
    return path


@pytest.fixture
def e_step(tmp_path):
    """The third lesson as it is handed out, in a student's folder."""
    release = find_lesson("03-e-step").release
    path = tmp_path / "03-e-step" / release.name
    path.parent.mkdir()
    path.write_bytes(release.read_bytes())
    return path


@pytest.mark.slow
def test_the_first_notebook_passes_and_is_left_alone(first, monkeypatch, capsys):
    monkeypatch.chdir(first.parents[2])
    before = first.read_bytes()
    assert main(["00-start-here"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "passes    shares",
        "1 of 1 exercises pass their visible checks.",
    ]
    assert first.read_bytes() == before


@pytest.mark.slow
def test_each_exercise_is_told_apart_and_a_broken_law_is_named(e_step, monkeypatch, capsys):
    right = {
        a.exercise: a.source
        for a in lesson_wrong_answers(find_lesson("03-e-step").source.parent).right
    }
    answer(e_step, "e_step_coins", right["e_step_coins"])
    answer(e_step, "hard_assignments", "def hard_assignments(r):\n    return r.argmin(axis=1)")
    answer(
        e_step, "score_means", "def score_means(x, weights, means, covariances):\n    return 1 +"
    )
    monkeypatch.chdir(e_step.parents[1])
    assert main(["3"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "passes    e_step_coins"
    assert said[1] == "not done  e_step"
    assert said[2] == "fails     hard_assignments"
    assert said[3].split()[0] == "CheckFailure:"
    assert said[-2:] == [
        "          NameError: name 'score_means' is not defined",
        "1 of 5 exercises pass their visible checks.",
    ]


@pytest.mark.slow
def test_a_notebook_shows_a_broken_law_in_one_line(first):
    answer(first, "shares", "def shares(counts):\n    return counts / counts.max()")
    notebook = nbformat.read(first, as_version=4)
    (outcome,) = run_checks(notebook, first.parent)
    assert outcome.state == "fails"
    (shown,) = (
        output.traceback
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    )
    assert shown == [outcome.message]
    assert shown[0].startswith("CheckFailure: rows sum to one: row 0 of the shares sums to 1.6")


def test_an_answer_goes_back_to_its_stub_and_is_kept(e_step):
    handed_out = sources(e_step)
    answer(e_step, "e_step", "def e_step(x):\n    return 7")
    answer(e_step, "score_means", "def score_means():\n    pass")
    kept = reset_answer(e_step, "e_step")
    assert kept.read_text() == "def e_step(x):\n    return 7\n"
    now = sources(e_step)
    assert now.pop("score_means") == "def score_means():\n    pass"
    assert now == {name: text for name, text in handed_out.items() if name != "score_means"}
    answer(e_step, "e_step", "second")
    assert reset_answer(e_step, "e_step") != kept
    assert kept.read_text() == "def e_step(x):\n    return 7\n"


def test_a_written_answer_goes_back_as_well(e_step):
    answer(e_step, "same-components", "Because.")
    assert reset_answer(e_step, "same-components").suffix == ".md"
    assert sources(e_step)["same-components"] == "*Write your answer here.*"


def test_what_is_not_there_is_named_with_what_is(e_step, monkeypatch, capsys):
    monkeypatch.chdir(e_step.parents[1])
    assert main(["04-m-step"]) == 2
    assert "there are: 03-e-step" in capsys.readouterr().err
    assert main(["03-e-step", "--reset", "check-e_step"]) == 2
    assert "there are: e_step_coins, e_step" in capsys.readouterr().err
    (e_step.parent / "other.ipynb").write_bytes(e_step.read_bytes())
    assert main(["03-e-step"]) == 2
    assert "2 notebooks" in capsys.readouterr().err


def test_a_lesson_is_found_from_where_students_stand(e_step, first):
    home = e_step.parents[1]
    assert find_notebook("03-e-step", e_step.parent) == e_step
    assert find_notebook("03-e-step/e-step.ipynb", home) == e_step
    assert find_notebook("00-start-here", home) == first
    with pytest.raises(NotFoundError, match=r"no notebook 'x\.ipynb'"):
        find_notebook("x.ipynb", home)


def test_the_original_of_a_release_is_what_git_keeps():
    path = all_lessons()[2].release
    assert {grade_id(cell) for cell in original_notebook(path).cells} >= {"e_step", "check-e_step"}


def test_without_an_original_the_message_says_what_to_do(tmp_path):
    path = tmp_path / "99-nowhere" / "nowhere.ipynb"
    path.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(), path)
    with pytest.raises(NotFoundError, match="download the lesson anew"):
        original_notebook(path)
