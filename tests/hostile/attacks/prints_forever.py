"""Prints small outputs without end."""

# ruff: noqa

while True:
    print("again")
