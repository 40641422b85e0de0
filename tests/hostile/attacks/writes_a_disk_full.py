"""Writes files until there is no more room."""

# ruff: noqa

number = 0
while True:
    number += 1
    with open(f"file-{number}", "wb") as file:
        file.write(bytes(1 << 20))
