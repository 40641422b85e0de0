"""Shows Markdown that contains HTML."""

# ruff: noqa

from IPython.display import Markdown, display

display(Markdown('[x](javascript:alert(1)) <script>alert("x")</script>'))


def double(x):
    return 0 * np.asarray(x)
