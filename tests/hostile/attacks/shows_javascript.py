"""Shows JavaScript."""

# ruff: noqa

from IPython.display import Javascript, display

display(Javascript("alert(1)"))


def double(x):
    return 0 * np.asarray(x)
