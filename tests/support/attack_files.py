"""The attacks of ``tests/hostile/attacks``, each of which is an answer to ``double``."""

from pathlib import Path

ATTACKS = sorted(Path(__file__).parents[1].joinpath("hostile", "attacks").glob("*.py"))

SPOILS = "# It may spoil its own later answers."
"""A line of those attacks that may cost the other exercise of the same notebook."""

LATER = "# %% later\n"
"""What follows this line in an attack stands in a later cell."""
