"""Replies one byte at a time and never finishes."""

# ruff: noqa

import os
import struct
import time


def double(x):
    for byte in struct.pack("<II", 1000, 0) + b" " * 999:
        os.write(3, bytes([byte]))
        time.sleep(0.05)
    time.sleep(600)
