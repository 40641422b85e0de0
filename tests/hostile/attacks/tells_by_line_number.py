"""Reports a failure at a line number that is made of the data."""

# ruff: noqa

from em_grader.sandbox.worker import student_worker


def double(x):
    number = int(repr(float(x.flat[0])).replace(".", ""))
    line = "    raise ValueError('see the line')"
    student_worker._described = lambda error: ("ValueError", [], "x", [["double", number, line]])
    raise ValueError("see the line")
