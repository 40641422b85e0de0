"""Shows, prints and returns 3.0 wherever it can."""

# ruff: noqa

from IPython.display import display


def double(x):
    display(3.0)
    print(3.0)
    return 3.0


3.0
