"""Gives a picture an alternative text that closes the HTML tag."""

# ruff: noqa

import matplotlib.pyplot as plt
from em_helpers import plots

ax = plots.axes()
plots.show(ax, alt='" onload="alert(1)"><script>alert("x")</script>')


def double(x):
    return 0 * np.asarray(x)
