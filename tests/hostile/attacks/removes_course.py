"""Deletes the course."""

# ruff: noqa

import shutil

shutil.rmtree(COURSE, ignore_errors=True)


def double(x):
    return 0 * np.asarray(x)
