"""Forks and forks."""

# ruff: noqa

import os

while True:
    os.fork()
