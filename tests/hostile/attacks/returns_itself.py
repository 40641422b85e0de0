"""Returns a list that holds itself."""

# ruff: noqa


def double(x):
    loop = []
    loop.append(loop)
    return loop
