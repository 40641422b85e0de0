"""Changes the gradebook's permissions and date, truncates it and renames it."""

# ruff: noqa

import contextlib
import os

for action in (
    lambda: os.chmod(COURSE + "/gradebook.db", 0),
    lambda: os.utime(COURSE + "/gradebook.db", (0, 0)),
    lambda: os.truncate(COURSE + "/gradebook.db", 0),
    lambda: os.rename(COURSE + "/gradebook.db", COURSE + "/lost.db"),
    lambda: os.mkdir(COURSE + "/new"),
):
    with contextlib.suppress(OSError):
        action()


def double(x):
    return 0 * np.asarray(x)
