"""Writes into the Python installation."""

# ruff: noqa

import os

with open(os.path.join(os.path.dirname(os.__file__), "sitecustomize.py"), "w") as file:
    file.write("print('LOOT')")


def double(x):
    return 0 * np.asarray(x)
