"""Replies with a set whose elements all have the same hash."""

# ruff: noqa

import json
import os
import struct


def double(x):
    keys = [["int", hex(k * (2**61 - 1))] for k in range(4, 180_000)]
    tree = json.dumps(["list", [["set", [keys]]]], separators=(",", ":")).encode()
    frame = struct.pack("<II", len(tree), 0) + tree
    while frame:
        frame = frame[os.write(3, frame) :]
    return 0 * x
