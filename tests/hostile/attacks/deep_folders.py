"""Nests folders deeply, with a large file below the longest path."""

# ruff: noqa

import os

for _ in range(4000):
    os.mkdir("d")
    os.chdir("d")
number = 0
while True:
    number += 1
    with open(f"file-{number}", "wb") as file:
        file.write(bytes(1 << 20))
