"""A rebuilt notebook as the referee gets it: for each cell whose code it is, and what it is for."""

import nbformat
from nbgrader.utils import is_solution

from em_authoring.wrong_answers import KnownAnswers
from em_grader.sanitizer.markdown import sanitize_attachments, sanitize_markdown
from em_grader.submissions.notes import NOTES

HIDDEN = "BEGIN HIDDEN TESTS"
FAILED = (
    "The grader itself failed on this notebook. It counts 0 points until the instructor decides."
)
ALLOWLIST_TAG = "may-call:"
"""A tag of a test cell: ``may-call:log_sum_exp`` lends that function of the reference.

The visible check of the exercise lends the same.
"""

_NOTHING_KNOWN = KnownAnswers()


def describe_cells(notebook, known=_NOTHING_KNOWN):
    """Each cell as a dict of ``kind``, ``source``, ``name``, ``points``, ``lent``.

    ``kind`` is ``text``, ``given`` (the lesson's own code), ``answer``, ``added`` (a student's own
    cell), ``check`` (a visible test) or ``test`` (a hidden one). ``name`` is the exercise's. A
    test also has ``wrong_answers`` to its exercise, each with ``source``, ``law`` and ``hint``, and
    ``right_answer``, the source of an alternative right one or None.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    known : em_authoring.wrong_answers.KnownAnswers
        Beside the lesson.

    Returns
    -------
    list of dict
    """
    cells = [_described(cell) for cell in notebook.cells]
    lent = {cell["name"]: cell["lent"] for cell in cells if cell["kind"] == "test"}
    for cell in cells:
        if cell["kind"] == "check":
            cell["lent"] = lent.get(cell["name"], [])
        if cell["kind"] == "test":
            cell["wrong_answers"] = [
                {"source": each.source, "law": each.law, "hint": each.hint}
                for each in known.wrong
                if each.exercise == cell["name"]
            ]
            right = (each.source for each in known.right if each.exercise == cell["name"])
            cell["right_answer"] = next(right, None)
    return cells


def is_test(cell):
    """Whether a cell holds the tests of an exercise, visible or hidden."""
    marking = cell.metadata.get("nbgrader", {})
    return marking.get("grade", False) and not marking.get("solution", False)


def put_outputs(notebook, outputs):
    """Put outputs into a notebook's code cells, and count the cells.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    outputs : list of (list of dict, or None)
    """
    count = 0
    for cell, shown in zip(notebook.cells, outputs, strict=True):
        if cell.cell_type != "code":
            continue
        count += bool(cell.source.strip())
        cell.execution_count = count if cell.source.strip() else None
        cell.outputs = [nbformat.from_dict(each) for each in shown or []]
        for each in cell.outputs:
            if each.output_type == "execute_result":
                each.execution_count = cell.execution_count


def without_verdict(notebook):
    """Outputs for a notebook on which the grader itself failed, and the mark that it did.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Its metadata say why, so that it waits for the instructor.

    Returns
    -------
    list
        No test is passed.
    """
    told = notebook.metadata.get(NOTES, {})
    notebook.metadata[NOTES] = {"notes": [*told.get("notes", []), FAILED], "readable": False}
    failed = {"output_type": "error", "ename": "NotGraded", "evalue": FAILED, "traceback": [FAILED]}
    tests = ("test", "check")
    return [[failed] if each["kind"] in tests else [] for each in describe_cells(notebook)]


def sanitize_student_markdown(notebook):
    """Sanitize the Markdown of a student, in place.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    """
    for cell in notebook.cells:
        added = cell.metadata.get("em_grader", {}).get("from") == "student"
        if cell.cell_type != "code" and (added or is_solution(cell)):
            cell.source = sanitize_markdown(cell.source)
            if cell.get("attachments"):
                cell.attachments = sanitize_attachments(cell.attachments)


def _described(cell):
    marking = cell.metadata.get("nbgrader", {})
    name = str(marking.get("grade_id", ""))
    tags = cell.metadata.get("tags", [])
    return {
        "kind": _kind(cell, marking),
        "source": cell.source,
        "name": name.removeprefix("test-").removeprefix("check-"),
        "points": float(marking.get("points", 0) or 0),
        "lent": [tag.removeprefix(ALLOWLIST_TAG) for tag in tags if tag.startswith(ALLOWLIST_TAG)],
    }


def _kind(cell, marking):
    if cell.cell_type != "code":
        return "text"
    if cell.metadata.get("em_grader", {}).get("from") == "student":
        return "added"
    if marking.get("solution", False):
        return "answer"
    if not is_test(cell):
        return "given"
    return "test" if marking.get("points") or HIDDEN in cell.source else "check"
