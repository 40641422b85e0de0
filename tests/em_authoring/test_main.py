"""The command that builds notebooks."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from em_authoring import __main__ as command
from em_authoring.__main__ import main
from em_authoring.execute_notebook import execute
from em_authoring.lesson_paths import all_lessons, find_lesson
from tests.support.example_lesson import write_example

BODY = """# Title

```{code-cell} ipython3
:nbgrader: {grade_id: f, solution: true}

### BEGIN SOLUTION
f = 1
### END SOLUTION
```
"""


def test_an_unknown_lesson_is_named_with_those_there_are(capsys):
    assert main(["12-nowhere"]) == 2
    said = capsys.readouterr().err
    assert "12-nowhere" in said
    assert all_lessons()[0].assignment in said


def test_a_lesson_knows_its_number_and_its_files():
    found = find_lesson("03-e-step")
    assert (found.number, found.name) == (3, "e-step")
    assert found.solution.name == "e-step.ipynb"
    assert found.release.parts[-3:] == ("course", "03-e-step", "e-step.ipynb")


@pytest.mark.parametrize("named", [["09-example"], []])
def test_a_lesson_is_released_run_and_written(named, tmp_path, monkeypatch, capsys):
    example = write_example(tmp_path, BODY)
    example.release.parent.mkdir(parents=True)
    (example.release.parent / "stray").touch()
    example.solution.parent.mkdir(exist_ok=True)

    def run(notebook, folder):
        assert folder == example.solution.parent
        notebook.cells[1].outputs = [new_output("stream", text="ran")]

    monkeypatch.setattr(command, "find_lesson", lambda name: {"09-example": example}[name])
    monkeypatch.setattr(command, "all_lessons", lambda: [example])
    monkeypatch.setattr(command, "execute", run)
    assert main(named) == 0
    assert "09-example" in capsys.readouterr().out
    built = nbformat.read(example.solution, as_version=4)
    assert built.cells[1].outputs[0].text == "ran"
    assert "f = 1" in built.cells[1].source
    assert example.solution.read_bytes().endswith(b"}\n")
    released = nbformat.read(example.release, as_version=4)
    assert (released.cells[1].source, released.cells[1].outputs) == (
        "raise NotImplementedError",
        [],
    )
    assert [path.name for path in example.release.parent.iterdir()] == ["example.ipynb"]


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
