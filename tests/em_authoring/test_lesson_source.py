"""What every lesson's source keeps to: cells, points, plain text, sizes."""

import ast
import itertools
import re

import pytest

from em_authoring.known_answers import read_wrong_answers, reference_answers
from em_authoring.lesson_paths import all_lessons
from em_authoring.lesson_source import SourceError, read_lesson_source
from tests.support.example_lesson import write_example

LESSONS = pytest.mark.parametrize("lesson", all_lessons(), ids=lambda each: each.assignment)


def marking(cell):
    return cell.metadata.get("nbgrader", {})


def exercises(notebook):
    return [
        cell
        for cell in notebook.cells
        if marking(cell).get("solution") and cell.cell_type == "code"
    ]


@LESSONS
def test_each_exercise_has_answer_check_and_test_in_this_order(lesson):
    notebook = read_lesson_source(lesson)
    graded = [marking(cell)["grade_id"] for cell in notebook.cells if marking(cell)]
    for cell in exercises(notebook):
        name = marking(cell)["grade_id"]
        place = graded.index(name)
        assert graded[place : place + 3] == [name, f"check-{name}", f"test-{name}"]
        (function,) = (n for n in ast.parse(cell.source).body if isinstance(n, ast.FunctionDef))
        assert function.name == name
        assert ast.get_docstring(function)


@LESSONS
def test_points_sum_to_twenty_with_at_most_five_by_hand(lesson):
    cells = [cell for cell in read_lesson_source(lesson).cells if marking(cell).get("grade")]
    points = {marking(cell)["grade_id"]: marking(cell)["points"] for cell in cells}
    written = {marking(cell)["grade_id"] for cell in cells if marking(cell)["solution"]}
    by_hand = [points[name] for name in written]
    by_test = {name: points[name] for name in points.keys() - written}
    assert sum(points.values()) == 20
    assert 1 <= len(by_hand) <= 2
    assert sum(by_hand) <= 5
    for name, points in by_test.items():
        assert (points == 0) == name.startswith("check-")


@LESSONS
def test_checks_let_run_all_go_on_and_tests_hide_all_but_one_line(lesson):
    for cell in read_lesson_source(lesson).cells:
        name = marking(cell).get("grade_id", "")
        if name.startswith("check-"):
            assert cell.metadata.tags == ["raises-exception"]
            assert "BEGIN HIDDEN TESTS" not in cell.source
        if name.startswith("test-"):
            first, begin, *_, end = cell.source.strip().splitlines()
            points = f"{marking(cell)['points']} points"
            said = f"# The hidden tests of {name.removeprefix('test-')} ({points}) run here"
            assert first.startswith(said), first
            assert begin == "### BEGIN HIDDEN TESTS"
            assert end == "### END HIDDEN TESTS"


@LESSONS
def test_a_written_answer_stands_apart_from_its_question(lesson):
    cells = read_lesson_source(lesson).cells
    for before, cell in itertools.pairwise(cells):
        if marking(cell).get("solution") and cell.cell_type == "markdown":
            assert before.cell_type == "markdown"
            assert not marking(before)
            assert cell.source.startswith("<!-- BEGIN SOLUTION -->")
            assert cell.source.rstrip().endswith("<!-- END SOLUTION -->")
            rubric = re.search(r"\*\*Rubric\.\*\*(.*)", cell.source, re.DOTALL)
            assert re.search(r"\bpoints?\b", rubric[1]), "the rubric says what earns which points"


@LESSONS
def test_the_text_is_plain_markdown(lesson):
    for cell in read_lesson_source(lesson).cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"^(```|:::|~~~)\s*\{", cell.source, re.MULTILINE), "a directive"
            assert not re.search(r"\{[a-z:]+\}`", cell.source), "a role"
            text = re.sub(r"\$\$.*?\$\$|\$.*?\$|`[^`]*`", "", cell.source, flags=re.DOTALL)
            html = set(re.findall(r"</?([a-zA-Z]+)[^>]*>", text))
            assert html <= {"details", "summary", "img"}


@LESSONS
def test_cells_are_small(lesson):
    cells = read_lesson_source(lesson).cells
    for cell in cells:
        if cell.cell_type == "code" and not marking(cell):
            assert len(cell.source.splitlines()) <= 20, cell.source
    words = sorted(len(cell.source.split()) for cell in cells if cell.cell_type == "markdown")
    assert words[len(words) // 2] <= 70


@LESSONS
def test_each_exercise_has_five_wrong_answers_and_two_right_ones(lesson):
    notebook = read_lesson_source(lesson)
    known = read_wrong_answers(lesson.wrong_answers, reference_answers(notebook))
    for name in [marking(cell)["grade_id"] for cell in exercises(notebook)]:
        wrong = [answer.source for answer in known.wrong if answer.exercise == name]
        right = [answer.source for answer in known.right if answer.exercise == name]
        assert len(wrong) >= 5, name
        assert len(right) >= 2, name
        assert len({*wrong, *right}) == len(wrong) + len(right), name


def test_short_metadata_is_completed_and_ids_are_derived(tmp_path):
    cell = "```{code-cell} ipython3\n:nbgrader: {grade_id: f, solution: true}\n\nf = 1\n```\n"
    notebook = read_lesson_source(write_example(tmp_path, f"# Title\n\n{cell}"))
    text, code = notebook.cells
    assert code.metadata.nbgrader == {
        "cell_type": "code", "grade": False, "grade_id": "f", "locked": False,
        "schema_version": 3, "solution": True, "task": False,
    }  # fmt: skip
    assert code["id"] == "f"
    assert re.fullmatch(r"[0-9a-f]{12}", text["id"])
    assert notebook.metadata.language_info == {"name": "python"}
    assert "jupytext" not in notebook.metadata


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (["{grade_id: f, solution: true}"] * 2, "appears twice"),
        (["{grade_id: test-f, grade: true, locked: true}"], "no points"),
        (["{solution: true}"], "grade_id"),
    ],
)
def test_a_source_that_breaks_the_rules_is_refused(tmp_path, marks, said):
    cell = "```{{code-cell}} ipython3\n:nbgrader: {}\n\npass\n```\n\n"
    with pytest.raises(SourceError, match=said):
        read_lesson_source(write_example(tmp_path, "".join(cell.format(mark) for mark in marks)))
