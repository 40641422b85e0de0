"""Locks a file of the Python installation, as a signal to another submission."""

# ruff: noqa

import fcntl
import os

for lock in (
    lambda file: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB),
    lambda file: fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB),
    lambda file: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK),
):
    with open(os.__file__) as file:
        try:
            lock(file)
            print(LOOT, "a lock")
        except PermissionError:
            pass


def double(x):
    return 0 * np.asarray(x)
