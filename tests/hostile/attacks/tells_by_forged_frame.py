"""Replies with the data where a hexadecimal number belongs."""

# ruff: noqa

import json
import os
import struct


def double(x):
    tree = json.dumps(["list", [["int", "seen " + repr(np.asarray(x).tolist())]]]).encode()
    os.write(3, struct.pack("<II", len(tree), 0) + tree)
    return 0 * x
