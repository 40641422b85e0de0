"""A sample class taken through nbgrader: ``python -m em_grader.demo``."""
