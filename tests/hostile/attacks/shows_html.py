"""Shows HTML that runs a script."""

# ruff: noqa

from IPython.display import HTML, display

display(HTML('<script>alert("x")</script><img src=x onerror=alert(1)>'))


def double(x):
    return 0 * np.asarray(x)
