"""Confining a process of Linux: namespaces, Landlock, a seccomp filter and resource limits.

``enter.enter`` confines the calling process for good; ``self_test.run_self_test`` reports whether
that holds on this machine. The package knows nothing of what the process is for.
"""

LEVELS = ("namespaces", "landlock", "none")
"""The sandbox levels from the strongest to ``none``, which only keeps the resource limits."""
