"""Shows LaTeX with a link that runs a script, and with HTML."""

# ruff: noqa

from IPython.display import Latex, display

display(Latex(r"$\\href{javascript:alert(1)}{x}$"))
display(Latex('<script>alert("x")</script>'))


def double(x):
    return 0 * np.asarray(x)
