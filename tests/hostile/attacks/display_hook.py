"""Shows 3.0 as the value of every cell."""

# ruff: noqa

import sys

from IPython.display import display

sys.displayhook = lambda value: display(3.0)
get_ipython().display_formatter.format = lambda *a, **k: ({"text/plain": "3.0"}, {})


def double(x):
    return 0 * np.asarray(x)
