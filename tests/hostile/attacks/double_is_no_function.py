"""Makes of the name double a thing that is no function."""

# ruff: noqa

double = 14.683185307179
