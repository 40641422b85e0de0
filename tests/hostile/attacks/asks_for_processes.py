"""Speaks on its channel as a trusted grader does to the fork server."""

# ruff: noqa

import json
import os


def double(x):
    for kind in ("lesson worker", "student"):
        os.write(3, json.dumps({"kind": kind, "limits": {}}).encode())
    os.write(3, json.dumps({"kind": "end", "pid": os.getppid()}).encode())
    return 0 * x
