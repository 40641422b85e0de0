"""Raises an exception from a line of code that is made of the data."""

# ruff: noqa

import linecache


def double(x):
    source = f"raise ValueError('see the line')  # {np.asarray(x).tolist()}"
    linecache.cache["<ipython-input-9>"] = (len(source), None, [source], "<ipython-input-9>")
    exec(compile(source, "<ipython-input-9>", "exec"))
