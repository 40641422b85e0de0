"""The notebooks in the checkout are those that the sources make, and leak nothing."""

import nbformat
import pytest

from em_authoring.execute_notebook import execute
from em_authoring.lesson_paths import Lesson, all_lessons
from em_authoring.lesson_source import read_lesson_source
from em_authoring.student_release import make_releases, write_release
from tests.support.hidden_lines import hidden_lines

LESSONS = pytest.mark.parametrize("lesson", all_lessons(), ids=lambda each: each.assignment)


def without_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


@LESSONS
def test_the_executed_notebook_is_the_source_but_for_its_outputs(lesson):
    committed = nbformat.read(lesson.solution, as_version=4)
    nbformat.validate(committed)
    assert without_outputs(committed) == read_lesson_source(lesson)


@LESSONS
def test_the_executed_notebook_ran_from_top_to_bottom_without_errors(lesson):
    cells = nbformat.read(lesson.solution, as_version=4).cells
    counts = [cell.execution_count for cell in cells if cell.cell_type == "code" and cell.source]
    assert counts == list(range(1, len(counts) + 1))
    kinds = {
        (output.output_type, output.get("name"))
        for cell in cells
        for output in cell.get("outputs", [])
    }
    assert kinds <= {("stream", "stdout"), ("display_data", None), ("execute_result", None)}


@LESSONS
def test_pictures_have_alternative_text(lesson):
    for cell in nbformat.read(lesson.solution, as_version=4).cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"].split()) >= 8


@LESSONS
def test_the_release_is_what_the_source_makes(lesson):
    released = make_releases({lesson: read_lesson_source(lesson)})
    assert lesson.release.read_text("utf-8") == released[lesson]


@LESSONS
def test_the_release_leaks_nothing(lesson):
    text = lesson.release.read_text("utf-8")
    assert not [secret for secret in hidden_lines(lesson) if secret in text]
    for cell in nbformat.reads(text, as_version=4).cells:
        assert not cell.get("outputs")
        assert "SOLUTION" not in cell.source
        assert "HIDDEN TESTS" not in cell.source


def test_installing_a_release_leaves_nothing_else_in_its_folder(tmp_path):
    lesson = Lesson("09-example", tmp_path)
    write_release(lesson, "old")
    (lesson.release.parent / "stray.py").write_text("x")
    write_release(lesson, "new")
    assert [path.name for path in lesson.release.parent.iterdir()] == ["example.ipynb"]
    assert lesson.release.read_text() == "new"


@pytest.mark.slow
@LESSONS
def test_running_twice_gives_the_same_bytes(lesson):
    texts = []
    for _ in range(2):
        notebook = read_lesson_source(lesson)
        execute(notebook, lesson.solution.parent)
        texts.append(nbformat.writes(notebook))
    assert texts[0] == texts[1]


@pytest.mark.slow
@LESSONS
def test_run_all_goes_to_the_end_of_an_untouched_release(lesson, tmp_path):
    notebook = nbformat.read(lesson.release, as_version=4)
    execute(notebook, tmp_path)
    raised = {
        cell["id"]: output.ename
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    }
    checks = {cell["id"] for cell in notebook.cells if cell["id"].startswith("check-")}
    assert raised == dict.fromkeys(checks, "NotImplementedError")
