"""Binds the name double to an object that is not a function."""

# ruff: noqa

double = 14.683185307179
