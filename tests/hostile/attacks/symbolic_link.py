"""Creates a symbolic link to the course and reads through it."""

# ruff: noqa

import os

os.symlink(COURSE, "door")
with open("door/gradebook.db", "rb") as file:
    print(LOOT, file.read())


def double(x):
    return 0 * np.asarray(x)
