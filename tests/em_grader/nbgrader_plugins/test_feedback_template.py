"""The page of feedback: what each exercise earned, why, and what the instructor wrote."""

import re
from pathlib import Path

import nbgrader
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from em_grader.exercise_result import ExerciseResult, store_results
from em_grader.nbgrader_plugins import mathml

FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"


def marked(make, source, outputs=(), **marking):
    cell = make(source, metadata={"nbgrader": {"grade": True, "solution": False} | marking})
    if outputs:
        cell.outputs = list(outputs)
    return cell


def error(name, message, *below):
    lines = [f"{name}: {message}", *below]
    return new_output("error", ename=name, evalue=message, traceback=lines)


@pytest.fixture(scope="module")
def page():
    broken = error(
        "CheckFailure", "rows <sum> to one: row 1 sums to 1.2", "Hint: what is $c_k$ & why"
    )
    cells = [
        marked(new_code_cell, "x", grade_id="check-a", points=0, score=0),
        marked(new_code_cell, "x", [broken], grade_id="test-a", points=3, score=0),
        marked(new_code_cell, "x", [error("NotImplementedError", "")], grade_id="test-b",
               points=2, score=0),
        marked(new_code_cell, "x", [error("TimeLimitExceeded", "c ran long")], grade_id="test-c",
               points=2, score=0),
        marked(new_code_cell, "x", grade_id="test-d", points=5, score=5.0),
        marked(new_markdown_cell, "My *answer*", grade_id="why", solution=True, points=3,
               score=1.5, comment="And if $K=1$?"),
    ]  # fmt: skip
    config = Config()
    config.HTMLExporter.template_name = "feedback"
    config.HTMLExporter.extra_template_basedirs = mathml.TEMPLATES
    config.HTMLExporter.filters = mathml.FILTERS
    css = FORMGRADER / "static" / "node_modules" / "bootstrap" / "dist" / "css"
    config.HTMLExporter.extra_template_paths = [str(css)]
    about = {"notebook": "e-step", "score": 5.5, "max_score": 15, "late_penalty": 1}
    exporter = HTMLExporter(config=config)
    notebook = new_notebook(cells=cells)
    store_results(notebook.metadata, [ExerciseResult("stored_only", 0.0, 3.0)])
    return exporter.from_notebook_node(notebook, {"nbgrader": about})[0]


def test_each_exercise_has_a_row_with_points_and_reason(page):
    table = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)[1]
    rows = [
        re.sub(r"<[^>]+>|\s+", " ", re.sub(r"<math.*?</math>", "FORMULA", row)).split()
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    ]
    assert [" ".join(row) for row in rows] == [
        "a 0 of 3 rows &lt;sum&gt; to one: row 1 sums to 1.2 Hint: what is $c_k$ &amp; why",
        "b 0 of 2 not answered",
        "c 0 of 2 TimeLimitExceeded: c ran long",
        "d 5 of 5",
        "why 1.5 of 3 And if FORMULA?",
        "handed in late −1",
    ]


def test_names_lead_to_their_cells(page):
    for name in re.findall(r'<a href="#([^"]+)"', page):
        assert f'id="{name}"' in page


def test_the_sum_and_the_answer_are_there(page):
    assert re.search(r"<h1>e-step: 5\.5 of\s+15 points</h1>", page)
    assert "My <em>answer</em>" in page
    assert "The check of <code>a</code>" in page


def test_stored_results_stay_out_of_the_page(page):
    assert "em_grader_results" not in page
    assert "stored_only" not in page


def test_it_is_one_page_without_scripts(page):
    assert page.count("<html") == page.count("</html>") == page.count("<main") == 1
    assert "<script" not in page
