"""The command that builds notebooks."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from em_helpers.authoring.__main__ import main
from em_helpers.authoring.execute import execute
from em_helpers.authoring.lesson import lesson, lessons


def test_an_unknown_lesson_is_named_with_those_there_are(capsys):
    assert main(["12-nowhere"]) == 2
    said = capsys.readouterr().err
    assert "12-nowhere" in said
    assert lessons()[0].assignment in said


def test_a_lesson_knows_its_number_and_its_files():
    found = lesson("03-e-step")
    assert (found.number, found.name) == (3, "e-step")
    assert found.solution.name == "e-step.ipynb"
    assert found.release.parts[-3:] == ("course", "03-e-step", "e-step.ipynb")


@pytest.mark.slow
def test_outputs_hold_nothing_that_depends_on_time(tmp_path):
    code = "import sys\nfor i in range(9):\n    print(i, flush=True)\n"
    notebook = new_notebook(cells=[new_code_cell(code), new_code_cell("1 + 1")])
    execute(notebook, tmp_path)
    first, second = notebook.cells
    assert [output.text for output in first.outputs] == ["0\n1\n2\n3\n4\n5\n6\n7\n8\n"]
    assert second.outputs[0].data["text/plain"] == "2"
    assert "execution" not in first.metadata
    assert notebook.metadata.language_info == {"name": "python"}
    nbformat.validate(notebook)
