"""A jail that a freshly forked process of one thread puts itself into.

``enter`` puts together what the other modules hold: namespaces where the machine allows them, then
Landlock, limits and a seccomp filter, which need no privileges. ``trial`` sees whether it holds.
"""

from em_grader.sandbox.jail.enter import LEVELS, enter

__all__ = ["LEVELS", "enter"]
