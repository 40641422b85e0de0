"""Answers that people give to lesson 12."""

from em_authoring.attempt import Attempt

ATTEMPTS = [
    Attempt(
        exercise="shares",
        source="def shares(counts):\n    return counts / counts.max()",
        right=False,
        hint="Divide by the sum of the counts, not by the largest.",
        loses_at="counts over their sum (12.1)",
    ),
    Attempt(
        exercise="shares",
        source="def shares(counts):\n    return [count / sum(counts) for count in counts]",
        right=True,
        hint="A list is as good as an array.",
        loses_at=None,
    ),
]
