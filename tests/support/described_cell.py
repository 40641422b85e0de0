"""Describe a cell as ``em_grader.submissions.cell_roles.describe_cells`` does."""


def described_cell(kind, source, exercise=""):
    """Return the description of a cell that is worth no points and may call nothing special."""
    return {"kind": kind, "source": source, "exercise": exercise, "points": 0.0, "allowlisted": []}
