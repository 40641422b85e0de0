"""Ends in the middle of a reply."""

# ruff: noqa

import os
import struct


def double(x):
    os.write(3, struct.pack("<II", 100, 0) + b'["list",[')
    os._exit(0)
