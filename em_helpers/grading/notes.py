"""Where a graded notebook says what was noticed of the submission."""

NOTES = "em_helpers_grading"
"""The notebook metadata that holds the notes and whether the submission could be graded."""
