"""The names of the sandbox levels, from the strongest to none."""

LEVELS = ("namespaces", "landlock", "none")
"""``none`` only keeps the resource limits and is used only when it is asked for by name."""
