"""What a student's process may see: Python, the system's libraries, em_helpers; not the grader."""

from em_grader.sandbox.jail.visibility import (
    Visibility,
    package_folders,
    python_and_system_paths,
    visibility,
)

HIDDEN_PACKAGES = ("em_authoring", "em_grader")
"""Packages that a student's installation does not contain."""


def student_visibility() -> Visibility:
    """Describe what a student's process may see of this machine."""
    readable = [*python_and_system_paths(), *package_folders("em_helpers")]
    return visibility(readable, HIDDEN_PACKAGES)
