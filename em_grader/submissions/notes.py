"""Where a graded notebook says what was noticed of the submission."""

NOTES = "em_grader"
"""The notebook metadata that holds the notes and whether the submission could be graded."""
