"""Stops its own process."""

# ruff: noqa

import os
import signal


def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return 0 * x
