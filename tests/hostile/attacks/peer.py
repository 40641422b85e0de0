"""Reads another student's submission."""

# ruff: noqa

with open(COURSE + "/submitted/peer/09-doubling/doubling.ipynb") as file:
    print(LOOT, file.read())


def double(x):
    return 0 * np.asarray(x)
