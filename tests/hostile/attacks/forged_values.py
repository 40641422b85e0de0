"""Replies with values that no unmodified process sends."""

# ruff: noqa

import json
import os
import struct


def frame(value):
    tree = json.dumps(value).encode()
    return struct.pack("<II", len(tree), 0) + tree


def double(x):
    for tree in (
        ["array", "|O", [2, 3], 0, 0],
        ["array", "<f8", [1 << 30, 1 << 30], 0, 0],
        ["array", "<f8", [-2, 3], 0, 0],
        ["opaque", "os.system"],
        ["generator", 1],
        ["pickle", "gASV"],
        ["int", "9" * 9000],
    ):
        os.write(3, frame(["list", [tree]]))
    return 0 * x
