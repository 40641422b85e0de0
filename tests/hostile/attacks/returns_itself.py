"""Returns a list that contains itself."""

# ruff: noqa


def double(x):
    loop = []
    loop.append(loop)
    return loop
