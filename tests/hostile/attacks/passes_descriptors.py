"""Passes its file descriptors to the trusted grader, as many as one message takes."""

# ruff: noqa

import os
import socket


def double(x):
    channel = socket.socket(fileno=3)
    null = [os.open("/dev/null", os.O_RDONLY) for _ in range(60)]
    for _ in range(50):
        socket.send_fds(channel, [b"\0"], null)
    channel.detach()
    return 0 * x
