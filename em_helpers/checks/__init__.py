"""What a student calls on an answer: each check states a law, and says by how much it broke.

A check never knows the answer to an exercise. It compares with a hand-worked example that the
lesson shows in full, or with a law that any right answer obeys. Hidden tests use the same
functions on random problems from ``em_helpers.checks.problems``.
"""

from em_helpers.checks.agreement import agrees, at_most, equals, none_negative, rows_sum_to_one
from em_helpers.checks.answer import ask
from em_helpers.checks.chance import frequencies, mean_zero, normal_shape, variance_one
from em_helpers.checks.forms import array, integers, number, parts
from em_helpers.checks.law import LawBroken, passed
from em_helpers.checks.relations import alike

__all__ = [
    "LawBroken",
    "agrees",
    "alike",
    "array",
    "ask",
    "at_most",
    "equals",
    "frequencies",
    "integers",
    "mean_zero",
    "none_negative",
    "normal_shape",
    "number",
    "parts",
    "passed",
    "rows_sum_to_one",
    "variance_one",
]
