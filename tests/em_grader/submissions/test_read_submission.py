"""Reading submitted files, whatever is in them."""

import json

import pytest

from em_grader.submissions.read_submission import UnreadableSubmission, read_submission


def written(tmp_path, content):
    path = tmp_path / "e-step.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\xff", "not text"),
        (b"{'cells': []}", "not valid JSON"),
        (b'{"cells": [', "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[1, 2]", "no list of cells"),
        (b'{"cells": 3}', "no list of cells"),
        (b'{"worksheets": [1]}', "no list of cells"),
    ],
)
def test_what_is_no_notebook_says_why(tmp_path, content, said):
    with pytest.raises(UnreadableSubmission, match=said):
        read_submission(written(tmp_path, content))


def test_a_byte_order_mark_is_no_obstacle(tmp_path):
    content = b"\xef\xbb\xbf" + json.dumps({"cells": []}).encode()
    assert read_submission(written(tmp_path, content)) == []


def test_sources_come_as_text_or_as_lines(tmp_path):
    cells = [
        {"cell_type": "code", "source": ["a = 1\n", "b = 2"]},
        {"cell_type": "code", "source": "a = 1\nb = 2"},
    ]
    assert [cell.source for cell in read_submission(written(tmp_path, {"cells": cells}))] == [
        "a = 1\nb = 2"
    ] * 2


def test_an_old_format_is_read(tmp_path):
    old = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": "a = 1"}]}]}
    (cell,) = read_submission(written(tmp_path, old))
    assert (cell.kind, cell.source) == ("code", "a = 1")


def test_cells_without_sense_are_passed_over(tmp_path):
    cells = [
        None, 3, {"source": 7}, {"cell_type": "code"},
        {"cell_type": "code", "source": "x", "metadata": []},
        {"cell_type": "code", "source": "y", "metadata": {"nbgrader": "f"}, "id": 5},
        {"cell_type": "code", "source": "z", "metadata": {"nbgrader": {"grade_id": ["f"]}}},
    ]  # fmt: skip
    found = read_submission(written(tmp_path, {"cells": cells}))
    assert [(cell.source, cell.grade_id, cell.cell_id) for cell in found] == [
        ("x", None, None), ("y", None, None), ("z", None, None),
    ]  # fmt: skip


def test_pictures_in_an_answer_are_kept_and_other_attachments_are_not(tmp_path):
    picture = {"sketch.png": {"image/png": "iVBORw0KGgo="}}
    cells = [
        {"cell_type": "markdown", "source": "a", "attachments": picture},
        {"cell_type": "markdown", "source": "b", "attachments": {"sketch.png": "iVBOR"}},
    ]
    first, second = read_submission(written(tmp_path, {"cells": cells}))
    assert first.attachments == picture
    assert second.attachments == {}
