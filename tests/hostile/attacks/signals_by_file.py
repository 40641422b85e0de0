"""Asks the kernel to kill its parent when a file becomes readable."""

# ruff: noqa

import fcntl
import os
import signal
import socket

ours, theirs = socket.socketpair()
for owner in (os.getppid(), 1):
    fcntl.fcntl(ours, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(ours, fcntl.F_SETOWN, owner)
    fcntl.fcntl(ours, fcntl.F_SETFL, os.O_ASYNC)
    theirs.send(b"x")
    print(LOOT, "a signal")


def double(x):
    return 0 * np.asarray(x)
