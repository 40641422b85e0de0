"""Ends its process with a successful exit status."""

# ruff: noqa

import os


def double(x):
    os._exit(0)
