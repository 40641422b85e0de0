"""Shows an SVG picture with a script."""

# ruff: noqa

from IPython.display import SVG, display

display(SVG('<svg xmlns="http://www.w3.org/2000/svg"><script>alert("x")</script></svg>'))


def double(x):
    return 0 * np.asarray(x)
