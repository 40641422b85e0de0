"""Clears the outputs of each cell when it has run."""

# ruff: noqa

from IPython.display import clear_output

get_ipython().events.register("post_run_cell", lambda *arguments: clear_output())


def double(x):
    return 0 * np.asarray(x)
