"""Describing the cells of a notebook by their roles in the grading."""

from em_grader.submissions import cell_roles


def test_kinds_of_cells(target):
    kinds = [cell["kind"] for cell in cell_roles.describe_cells(target.source)]
    assert kinds == [
        "text",
        "provided",
        *["answer", "check", "test"] * 2,
        "provided",
        "text",
        "text",
    ]
