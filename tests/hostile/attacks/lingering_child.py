"""Leaves a child process running."""

# ruff: noqa

import subprocess

subprocess.Popen(["sleep", "4711"], start_new_session=True)
print(LOOT, "a process")


def double(x):
    return 0 * np.asarray(x)
