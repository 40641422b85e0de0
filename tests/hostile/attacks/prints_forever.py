"""Prints small things forever."""

# ruff: noqa

while True:
    print("again")
