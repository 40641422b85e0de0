"""Writes files until the disk is full."""

# ruff: noqa

number = 0
while True:
    number += 1
    with open(f"file-{number}", "wb") as file:
        file.write(bytes(1 << 20))
