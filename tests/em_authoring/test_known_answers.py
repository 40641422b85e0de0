"""The form of the files of wrong answers: what they mean, and what is refused."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from em_authoring.known_answers import (
    RightAnswer,
    WrongAnswer,
    WrongAnswersError,
    lesson_wrong_answers,
    read_wrong_answers,
    reference_answers,
)
from em_authoring.lesson_paths import all_lessons
from em_authoring.lesson_source import read_lesson_source

REFERENCE = """def total(r):
    counts = r.sum(axis=0)
    for k in range(3):
        counts[k] += 1
    return counts / len(r)
"""


def answers(tmp_path, text, name="total"):
    folder = tmp_path / "03-lesson" / "wrong_answers"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(f'"""About."""\n\n{text}', "utf-8")
    return read_wrong_answers(folder, {"first": "def first(): ...\n", "total": REFERENCE})


def edited(tmp_path, edits):
    (wrong,) = answers(tmp_path, f"# %% wrong: shape\n# Think.\n{edits}\n").wrong
    return wrong.source


def test_a_whole_source_has_a_law_a_hint_and_a_place(tmp_path):
    known = answers(
        tmp_path,
        "# %% wrong: one: [two], three (3.1): four\n# You divide\n# by n.\n"
        "def total(r):\n    # a comment of its own\n    return r\n\n"
        "# %% right\n# A list.\ndef total(r):\n    return list(r)\n",
    )
    assert known.wrong == (
        WrongAnswer(
            "total",
            "def total(r):\n    # a comment of its own\n    return r\n",
            "one: [two], three (3.1): four",
            "You divide by n.",
            "03-lesson/wrong_answers/total.py:3",
        ),
    )
    assert known.right == (
        RightAnswer(
            "total",
            "def total(r):\n    return list(r)\n",
            "A list.",
            "03-lesson/wrong_answers/total.py:10",
        ),
    )


def test_a_fragment_is_replaced(tmp_path):
    assert edited(tmp_path, "# ~ r.sum(axis=0) → r.sum(axis=1)") == REFERENCE.replace(
        "axis=0", "axis=1"
    )


def test_a_fragment_is_taken_out(tmp_path):
    assert edited(tmp_path, "# ~ / len(r) →").endswith("    return counts \n")


def test_an_edit_may_break_the_syntax(tmp_path):
    assert edited(tmp_path, "# ~ total(r): → total(r:").startswith("def total(r:\n")


@pytest.mark.parametrize(
    "edits",
    [
        "# - counts[k] += 1\n# + if k:\n# +     counts[k] += 1",
        "# -         counts[k] += 1\n# +         if k:\n# +             counts[k] += 1",
        "#   for k in range(3):\n# -     counts[k] += 1\n# +     if k:\n# +         counts[k] += 1",
    ],
)
def test_new_lines_are_indented_as_the_first_line_of_their_edit(tmp_path, edits):
    assert edited(tmp_path, edits) == REFERENCE.replace(
        "        counts[k] += 1\n", "        if k:\n            counts[k] += 1\n"
    )


def test_several_edits_are_all_of_the_reference(tmp_path):
    edits = "# - return counts / len(r)\n# + return r\n#   counts = r.sum(axis=0)\n# + r = counts\n"
    assert edited(tmp_path, f"{edits}# ~ range(3) → range(2)") == (
        "def total(r):\n    counts = r.sum(axis=0)\n    r = counts\n    for k in range(2):\n"
        "        counts[k] += 1\n    return r\n"
    )


def test_an_edit_may_be_of_a_named_cell_above(tmp_path):
    known = answers(
        tmp_path,
        "# %% base loop\ndef total(r):\n    return 1\n\n"
        "# %% right half, from loop\n# Half.\n# ~ 1 → 1 / 2\n"
        "# %% wrong, from half: shape\n# Think.\n# ~ 2 → 3\n",
    )
    assert [each.source for each in known.right] == ["def total(r):\n    return 1 / 2\n"]
    assert [each.source for each in known.wrong] == ["def total(r):\n    return 1 / 3\n"]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("# %% wrong\n# Think.\n# ~ r → q", "names the law"),
        ("# %% right: shape\n# Think.\n# ~ r → q", "names the law"),
        ("# %% base\ndef total(): ...", "a base has a name"),
        ("# %% mistake: shape\n# Think.\n# ~ r → q", "is no header"),
        ("# %% wrong: shape\n# ~ range(3) → range(2)", "a cell holds a comment"),
        ("# %% wrong: shape\n# Think.", "a cell holds a comment"),
        ("# %% wrong: shape\n# Think.\n# ~ range(3) → range(2)\nreturn 1", "not both"),
        ("# %% wrong: shape\n# Think.\n# ~ range(3) → range(2)\n# More.", "edits stand last"),
        ("# %% wrong: shape\n# Think.\n# ~ r.sum(axis=2) → 1", "is 0 times"),
        ("# %% wrong: shape\n# Think.\n# ~ counts → 1", "is 3 times"),
        ("# %% wrong: shape\n# Think.\n# ~ range(3)", "does not fit"),
        ("# %% wrong: shape\n# Think.\n# ~ range(3) → range(3)", "change nothing"),
        ("# %% wrong: shape\n# Think.\n# - return counts\n# + return 1", "is 0 times"),
        ("# %% wrong: shape\n# Think.\n# + return 1", "is 0 times"),
        ("# %% wrong: shape\n# Think.\n# ~ counts[k] → 1\n# ~ [k] → 1", "overlap"),
        ("# %% wrong, from loop: shape\n# Think.\n# ~ r → q", "no cell above is named 'loop'"),
        ("# %% wrong, from loop: shape\n# Think.\ndef total(): ...", "drop ', from'"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(tmp_path, cell, message):
    with pytest.raises(WrongAnswersError) as refused:
        answers(tmp_path, cell)
    assert str(refused.value).startswith("03-lesson/wrong_answers/total.py:3: ")
    assert message in str(refused.value)


def test_a_file_belongs_to_an_exercise(tmp_path):
    with pytest.raises(WrongAnswersError, match=r"no exercise 'totals'; .* first, total"):
        answers(tmp_path, "", name="totals")


def test_exercises_come_in_the_order_of_the_lesson(tmp_path):
    cell = "# %% right\n# One line.\ndef f(): ...\n"
    answers(tmp_path, cell)
    assert [each.exercise for each in answers(tmp_path, cell, name="first").right] == [
        "first",
        "total",
    ]


def test_a_reference_has_neither_docstring_nor_markers():
    source = (
        'def double(x):\n    """Twice x.\n\n    As promised.\n    """\n    ### BEGIN SOLUTION\n'
        "    return 2 * x  # twice\n    ### END SOLUTION"
    )
    cell = new_code_cell(source, metadata={"nbgrader": {"grade_id": "double", "solution": True}})
    assert reference_answers(new_notebook(cells=[new_code_cell("import numpy"), cell])) == {
        "double": "def double(x):\n    return 2 * x  # twice\n"
    }


def test_a_changed_file_and_a_changed_notebook_are_read_again(tmp_path):
    folder = tmp_path / "03-lesson"
    assert lesson_wrong_answers(folder).wrong == ()
    (folder / "wrong_answers").mkdir(parents=True)
    listed = folder / "wrong_answers" / "double.py"
    listed.write_text("# %% wrong: shape\n# Think.\n# ~ 2 → 3\n", "utf-8")
    for number in (2, 24):
        source = f"def double(x):\n    return {number} * x"
        marking = {"nbgrader": {"grade_id": "double", "solution": True}}
        notebook = new_notebook(cells=[new_code_cell(source, metadata=marking)])
        nbformat.write(notebook, folder / "lesson.ipynb")
        (wrong,) = lesson_wrong_answers(folder).wrong
        assert wrong.source == source.replace("2", "3") + "\n"


@pytest.mark.parametrize("lesson", all_lessons(), ids=lambda each: each.assignment)
def test_the_built_notebook_gives_the_same_answers_as_its_source(lesson):
    from_source = read_wrong_answers(
        lesson.wrong_answers, reference_answers(read_lesson_source(lesson))
    )
    assert lesson_wrong_answers(lesson.source.parent) == from_source
