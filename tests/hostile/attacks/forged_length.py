"""Announces a message of four gigabytes."""

# ruff: noqa

import os
import struct


def double(x):
    os.write(3, struct.pack("<II", 1 << 31, 1 << 31))
    return 0 * x
