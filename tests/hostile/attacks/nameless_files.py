"""Writes large files and unlinks them while they are open."""

# ruff: noqa

import os

kept = []
while True:
    file = open(f"file-{len(kept)}", "wb")
    os.unlink(f"file-{len(kept)}")
    for _ in range(16):
        file.write(bytes(1 << 20))
    kept.append(file)
