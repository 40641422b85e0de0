"""Reads from address zero."""

# ruff: noqa

import ctypes


def double(x):
    ctypes.string_at(0)
