"""Checks that students and hidden tests run on an answer.

Each check states a law that every right answer obeys and raises ``CheckFailure`` where an answer
breaks it. A visible check compares with a worked example that the lesson shows, or with a law.
Hidden tests use the same functions on random problems from ``em_helpers.checks.simulated``.

Arguments that many checks share: ``name`` is what the answer is, in the lesson's words; ``law`` is
the law that is checked, in words; ``tolerance`` is the error that is allowed, relative to the
largest entry of what the answer is compared with.
"""

from em_helpers.checks.arrays import (
    array,
    integers,
    nonnegative,
    number,
    parts,
    rows_sum_to_one,
)
from em_helpers.checks.calling import call
from em_helpers.checks.comparison import agrees, at_most, consistent, equals
from em_helpers.checks.failure import CheckFailure, passed
from em_helpers.checks.random_draws import (
    frequencies,
    mean_zero,
    normally_distributed,
    variance_one,
)

__all__ = [
    "CheckFailure",
    "agrees",
    "array",
    "at_most",
    "call",
    "consistent",
    "equals",
    "frequencies",
    "integers",
    "mean_zero",
    "nonnegative",
    "normally_distributed",
    "number",
    "parts",
    "passed",
    "rows_sum_to_one",
    "variance_one",
]
