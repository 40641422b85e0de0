"""A sample class taken through nbgrader: ``python -m em_helpers.grading.demo``."""
