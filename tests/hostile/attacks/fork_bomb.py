"""Forks without end."""

# ruff: noqa

import os

while True:
    os.fork()
